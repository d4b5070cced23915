import HTTPTypes

/// The headers every answer carries.
///
/// The content policy lets a page load its own files only, so that no text from people or feeds
/// can bring in a script, and no other site can put the page in a frame.
enum SecurityHeaders {
  static let contentPolicy =
    "default-src 'self'; img-src 'self' blob:; style-src 'self'; frame-ancestors 'none'"

  /// For answers with data: kept by no cache.
  static let data = common(caching: "no-store")
  /// For files of the page: kept, but asked for again by their ETag.
  static let page = common(caching: "no-cache")

  /// Marks an answer as made by our own code.
  static let mark = HTTPField.Name.xContentTypeOptions

  private static func common(caching: String) -> HTTPFields {
    var fields = HTTPFields()
    fields.reserveCapacity(8)
    fields[.xContentTypeOptions] = "nosniff"
    fields[.contentSecurityPolicy] = contentPolicy
    fields[.cacheControl] = caching
    if let referrerPolicy = HTTPField.Name("Referrer-Policy") {
      fields[referrerPolicy] = "no-referrer"
    }
    return fields
  }
}
