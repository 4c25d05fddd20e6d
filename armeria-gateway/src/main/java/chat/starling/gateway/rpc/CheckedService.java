package chat.starling.gateway.rpc;

import io.grpc.BindableService;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.MethodDescriptor.PrototypeMarshaller;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServiceDescriptor;
import java.util.ArrayList;
import java.util.List;

/** A service whose requests are read by {@link CheckedMarshaller}. */
final class CheckedService {

  private CheckedService() {}

  static ServerServiceDefinition of(BindableService service) {
    ServerServiceDefinition plain = service.bindService();
    List<ServerMethodDefinition<?, ?>> methods = new ArrayList<>();
    plain.getMethods().forEach(method -> methods.add(checked(method)));
    ServiceDescriptor.Builder descriptor =
        ServiceDescriptor.newBuilder(plain.getServiceDescriptor().getName())
            .setSchemaDescriptor(plain.getServiceDescriptor().getSchemaDescriptor());
    methods.forEach(method -> descriptor.addMethod(method.getMethodDescriptor()));
    ServerServiceDefinition.Builder checked = ServerServiceDefinition.builder(descriptor.build());
    methods.forEach(checked::addMethod);
    return checked.build();
  }

  private static <I, O> ServerMethodDefinition<I, O> checked(ServerMethodDefinition<I, O> method) {
    MethodDescriptor<I, O> plain = method.getMethodDescriptor();
    return ServerMethodDefinition.create(
        plain.toBuilder(checked(plain.getRequestMarshaller()), plain.getResponseMarshaller())
            .build(),
        method.getServerCallHandler());
  }

  private static <T> Marshaller<T> checked(Marshaller<T> marshaller) {
    return marshaller instanceof PrototypeMarshaller<T> prototype
        ? new CheckedMarshaller<>(prototype)
        : marshaller;
  }
}
