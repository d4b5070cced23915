import Hummingbird
import NIOCore

/// What travels with a request inside the server.
struct APIContext: RequestContext {
  var coreContext: CoreRequestContextStorage
  let remoteAddress: RemoteAddress

  init(source: ApplicationRequestContextSource) {
    coreContext = CoreRequestContextStorage(source: source)
    remoteAddress = RemoteAddress(source.channel.remoteAddress)
  }
}
