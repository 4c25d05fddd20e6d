package chat.starling.otel;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.resources.Resource;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The attributes that every span, metric and log record of one server carries. */
final class ServiceResource {

  private static final AttributeKey<String> NAME = AttributeKey.stringKey("service.name");
  private static final AttributeKey<String> INSTANCE =
      AttributeKey.stringKey("service.instance.id");
  private static final AttributeKey<String> VERSION = AttributeKey.stringKey("service.version");

  private ServiceResource() {}

  static Resource of(TelemetryOptions options) {
    return Resource.getDefault().toBuilder()
        .put(NAME, options.serviceName())
        .put(INSTANCE, options.serviceInstance())
        .put(VERSION, version())
        .build();
  }

  /** The release that this process runs, as the build wrote it down. */
  private static String version() {
    try (InputStream in = ServiceResource.class.getResourceAsStream("release.properties")) {
      Properties release = new Properties();
      if (in != null) {
        release.load(in);
      }
      return release.getProperty("version", "unknown");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
