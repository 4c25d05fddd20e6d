package chat.starling.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import chat.starling.gateway.harness.Pem;
import chat.starling.gateway.harness.Stage;
import com.linecorp.armeria.client.ClientFactory;
import com.linecorp.armeria.client.WebClient;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.SessionProtocol;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A gateway with a certificate. */
class TlsIT {

  @Test
  void clientsPort_withCertificate_speaksTlsAndOperatorsPortDoesNot(@TempDir Path folder)
      throws Exception {
    Pem pem = Pem.selfSigned(folder);
    try (Stage stage =
            Stage.with(
                Map.of(
                    "public.certificate", pem.certificate().toString(),
                    "public.key", pem.key().toString()));
        ClientFactory trusting = ClientFactory.insecure()) {
      for (SessionProtocol protocol :
          new SessionProtocol[] {SessionProtocol.H2, SessionProtocol.H1}) {
        assertThat(health(trusting, protocol, stage.gateway.port()).status())
            .isEqualTo(HttpStatus.OK);
      }
      assertThat(health(trusting, SessionProtocol.H2C, stage.gateway.internalPort()).status())
          .isEqualTo(HttpStatus.OK);
    }
  }

  private static AggregatedHttpResponse health(
      ClientFactory factory, SessionProtocol protocol, int port) {
    return WebClient.builder(protocol.uriText() + "://127.0.0.1:" + port)
        .factory(factory)
        .build()
        .blocking()
        .get("/health");
  }
}
