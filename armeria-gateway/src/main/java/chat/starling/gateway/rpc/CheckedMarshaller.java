package chat.starling.gateway.rpc;

import chat.starling.api.v1.Reason;
import chat.starling.platform.refusal.Refuse;
import chat.starling.platform.rpc.BrokenText;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.grpc.MethodDescriptor.PrototypeMarshaller;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** Reads requests as the given marshaller does, but says what is wrong with one it cannot read. */
record CheckedMarshaller<T>(PrototypeMarshaller<T> marshaller) implements PrototypeMarshaller<T> {

  @Override
  public InputStream stream(T value) {
    return marshaller.stream(value);
  }

  @Override
  public T parse(InputStream stream) {
    ByteString bytes = read(stream);
    T prototype = getMessagePrototype();
    if (!(prototype instanceof Message message)) {
      return marshaller.parse(bytes.newInput());
    }
    try {
      @SuppressWarnings("unchecked") // a prototype's parser makes what the prototype is
      T parsed = (T) message.getParserForType().parseFrom(bytes);
      return parsed;
    } catch (InvalidProtocolBufferException e) {
      throw refusal(message.getDescriptorForType(), bytes).toException();
    }
  }

  @Override
  public @Nullable T getMessagePrototype() {
    return marshaller.getMessagePrototype();
  }

  @Override
  public Class<T> getMessageClass() {
    return marshaller.getMessageClass();
  }

  /** Why these bytes are no message of the type. */
  static Refuse refusal(Descriptor type, ByteString bytes) {
    return BrokenText.find(type, bytes)
        .map(path ->
            Refuse.because(Reason.REASON_NOT_UTF8)
                .field(path)
                .expected("UTF-8")
                .message(path + ": the bytes are not UTF-8"))
        .orElseGet(() ->
            Refuse.because(Reason.REASON_MALFORMED)
                .expected("a " + type.getFullName())
                .message("the request cannot be read"));
  }

  private static ByteString read(InputStream stream) {
    try {
      return ByteString.readFrom(stream);
    } catch (IOException e) {
      throw new UncheckedIOException("a message in memory", e);
    }
  }
}
