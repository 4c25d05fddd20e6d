package chat.starling.edge;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * gRPC-Web as a browser speaks it: a POST with one framed message, a body of framed messages and
 * trailers.
 */
final class GrpcWeb {

  private static final int TRAILERS = 0x80;

  private final HttpClient http;
  private final URI base;

  GrpcWeb(HttpClient http, URI base) {
    this.http = http;
    this.base = base;
  }

  /** The body of one call, read message by message. */
  static final class Body implements AutoCloseable {
    private final HttpResponse<InputStream> response;
    private final DataInputStream in;

    private Body(HttpResponse<InputStream> response) {
      this.response = response;
      in = new DataInputStream(response.body());
    }

    /** The next message; fails when the trailers come instead. */
    byte[] message() throws IOException {
      int flags = in.readUnsignedByte();
      byte[] bytes = in.readNBytes(in.readInt());
      if ((flags & TRAILERS) != 0) {
        throw new AssertionError("trailers: " + new String(bytes, StandardCharsets.UTF_8));
      }
      return bytes;
    }

    /**
     * The status; among the headers of an answer without any message, otherwise in the trailers.
     */
    int status() throws IOException {
      Optional<String> early = response.headers().firstValue("grpc-status");
      return Integer.parseInt(
          early.orElseGet(this::trailers).replaceAll("(?s).*grpc-status: *(\\d+).*", "$1"));
    }

    private String trailers() {
      try {
        return readTrailers();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private String readTrailers() throws IOException {
      if ((in.readUnsignedByte() & TRAILERS) == 0) {
        throw new AssertionError("a message came instead of the trailers");
      }
      return new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }

  Body call(String method, byte[] request) throws IOException, InterruptedException {
    HttpRequest post =
        HttpRequest.newBuilder(base.resolve("/" + method))
            .header("content-type", "application/grpc-web+proto")
            .header("x-grpc-web", "1")
            .POST(HttpRequest.BodyPublishers.ofByteArray(framed(request)))
            .build();
    HttpResponse<InputStream> response = http.send(post, HttpResponse.BodyHandlers.ofInputStream());
    if (response.statusCode() != 200) {
      throw new AssertionError("HTTP " + response.statusCode());
    }
    return new Body(response);
  }

  private static byte[] framed(byte[] message) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(0);
    out.writeBytes(ByteBuffer.allocate(4).putInt(message.length).array());
    out.writeBytes(message);
    return out.toByteArray();
  }
}
