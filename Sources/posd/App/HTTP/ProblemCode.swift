/// The stable name of a refusal; clients decide by it, people read the sentences.
///
/// Each code has one status and one sentence in each language, which say what to do next.
/// `{name}` in a sentence is filled from the problem's values (see `Problem`).
enum ProblemCode: String, CaseIterable, Sendable {
  // The request itself.
  case badRequest = "bad_request"
  case badJSON = "bad_json"
  case notUTF8 = "not_utf8"
  case duplicateMember = "duplicate_member"
  case unknownMember = "unknown_member"
  case missingMember = "missing_member"
  case badValue = "bad_value"
  case unknownParameter = "unknown_parameter"
  case badParameter = "bad_parameter"
  case unexpectedBody = "unexpected_body"
  case keyMismatch = "idempotency_key_mismatch"
  case unsupportedMediaType = "unsupported_media_type"
  case bodyTooLarge = "body_too_large"
  case headerTooLarge = "header_too_large"
  case requestTimeout = "request_timeout"
  case badHost = "bad_host"
  case notFound = "not_found"
  case methodNotAllowed = "method_not_allowed"
  case tooManyRequests = "too_many_requests"

  // Who asks.
  case notLoggedIn = "not_logged_in"
  case wrongRole = "wrong_role"
  case loginFailed = "login_failed"
  case tooManyAttempts = "too_many_attempts"
  case approvalNeeded = "approval_needed"
  case approvalNotValid = "approval_not_valid"
  case userNameTaken = "user_name_taken"

  // The till.
  case unknownBarcode = "unknown_barcode"
  case badBarcode = "bad_barcode"
  case unknownProduct = "unknown_product"
  case quantityMissing = "quantity_missing"
  case quantityOnLabel = "quantity_on_label"
  case wrongQuantity = "wrong_quantity"
  case emptyLabel = "empty_label"
  case emptyBasket = "empty_basket"
  case unknownCampaign = "unknown_campaign"
  case basketGone = "basket_gone"
  case priceChanged = "price_changed"
  case underpaid = "underpaid"
  case overpaidWithoutCash = "overpaid_without_cash"
  case idReused = "id_reused"
  case nothingAsked = "nothing_asked"
  case unknownLine = "unknown_line"
  case nothingLeftToReturn = "nothing_left_to_return"
  case moreThanLeft = "more_than_left"
  case noGiftLeft = "no_gift_left"
  case refundChanged = "refund_changed"
  case noOpenSession = "no_open_session"
  case tillSessionOpen = "till_session_open"
  case tillSessionClosed = "till_session_closed"
  case clockBehind = "clock_behind"
  case clockAhead = "clock_ahead"
  case correctionNotOpposite = "correction_not_opposite"
  case alreadyCorrected = "already_corrected"
  case countStale = "count_stale"
  case reasonNeeded = "reason_needed"
  case notDecidable = "slip_not_decidable"

  // The stock.
  case codeTaken = "code_taken"
  case partnerNameTaken = "partner_name_taken"

  // The daemon.
  case busy = "busy"
  case diskFull = "disk_full"
  case storageFailed = "storage_failed"
  case shuttingDown = "shutting_down"
  case internalError = "internal"
}
