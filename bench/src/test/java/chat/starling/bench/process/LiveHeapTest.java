package chat.starling.bench.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class LiveHeapTest {

  @Test
  void histogram_ofAVirtualMachine_isReadByClass() {
    LiveHeap heap =
        LiveHeap.parse(
            """
            5610:
             num     #instances         #bytes  class name (module)
            -------------------------------------------------------
               1:         39121        3201056  [B (java.base@25.0.1)
               2:          1015          24360  chat.starling.Example
               3:            20            480  chat.starling.Example
            Total         40156        3225896
            """);
    assertThat(heap)
        .isEqualTo(
            new LiveHeap(3_225_896, Map.of("[B", 3_201_056L, "chat.starling.Example", 24_840L)));
    assertThat(heap.bytesOf("no.such.Class")).isZero();
  }

  @Test
  void histogram_thatIsNone_isRefused() {
    assertThatThrownBy(() -> LiveHeap.parse("5610:\njava.io.IOException: no such process"))
        .hasMessageContaining("no such process");
  }
}
