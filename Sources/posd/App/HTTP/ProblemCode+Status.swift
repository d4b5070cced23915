extension ProblemCode {
  /// The HTTP status of every answer with this code.
  var status: Int {
    switch self {
    case .badRequest, .badJSON, .notUTF8, .duplicateMember, .unknownMember, .missingMember,
      .badValue, .unknownParameter, .badParameter, .unexpectedBody, .keyMismatch:
      400
    case .notLoggedIn, .loginFailed: 401
    case .wrongRole, .approvalNeeded, .approvalNotValid: 403
    case .notFound, .unknownBarcode, .noOpenSession, .unknownVoucher, .unknownCoupon,
      .unknownMealCard:
      404
    case .methodNotAllowed: 405
    case .requestTimeout: 408
    case .basketGone, .priceChanged, .refundChanged, .tillSessionOpen, .tillSessionClosed,
      .userNameTaken, .lastManager, .codeTaken, .partnerNameTaken, .clockBehind, .clockAhead,
      .alreadyCorrected, .personKnown, .phoneKnown,
      .countStale, .dayPast, .dayNotBegun, .earlierDayOpen, .tillsNotClosed, .monthNotOver,
      .notDecidable, .hasReturns, .voucherRefused, .vouchersChanged, .voucherState, .nothingLeft,
      .programmeEnded, .alreadyHandedOut, .couponCodeTaken, .couponEnded, .enrolmentOverlaps,
      .rulingDoesNotFit, .notToBeUndone,
      .terminalKnown, .terminalRetired:
      409
    case .bodyTooLarge: 413
    case .unsupportedMediaType: 415
    case .badHost: 421
    case .badBarcode, .unknownProduct, .quantityMissing, .quantityOnLabel, .wrongQuantity,
      .emptyLabel, .emptyBasket, .unknownCampaign, .underpaid, .overpaidWithoutCash, .idReused,
      .nothingAsked, .unknownLine, .nothingLeftToReturn, .moreThanLeft, .noGiftLeft,
      .correctionNotOpposite, .reasonNeeded, .unknownTender, .sameTender,
      .badStatement, .badIdentityNumber, .unknownCategory, .badPhone, .badVoucherCode,
      .validityPast, .personNotEligible, .noSuchMember, .ownWitness, .moreThanOwed,
      .commandNotPossible:
      422
    case .tooManyRequests, .tooManyAttempts: 429
    case .headerTooLarge: 431
    case .internalError: 500
    case .busy, .storageFailed, .shuttingDown: 503
    case .diskFull: 507
    }
  }
}
