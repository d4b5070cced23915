import CUSB

/// The libusb this program runs with; all of USB printing will go through it.
public enum USBLibrary {
  /// Its version: `1.0.26`.
  public static var version: String {
    let version = libusb_get_version().pointee
    return "\(version.major).\(version.minor).\(version.micro)"
  }
}
