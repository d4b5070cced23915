extension ProblemCode {
  /// The sentence for the cashier, in English.
  var english: String {
    switch self {
    case .badRequest: "The request is malformed. Reload the page and try again."
    case .badJSON: "What was sent is incomplete or malformed. Reload the page and try again."
    case .notUTF8: "The text sent is not UTF-8. Reload the page and try again."
    case .duplicateMember: "“{member}” is there twice. Reload the page and try again."
    case .unknownMember: "“{member}” is not known here. Reload the page and try again."
    case .missingMember: "“{member}” is missing. Fill it in and try again."
    case .badValue: "“{member}” is not right. Correct it and try again."
    case .unknownParameter: "“{parameter}” in the address is not known. Check the address."
    case .badParameter: "“{parameter}” in the address is not right. Check it and try again."
    case .unexpectedBody: "This operation takes no content. Reload the page and try again."
    case .keyMismatch: "The request's two ids differ; nothing was done. Reload and try again."
    case .unsupportedMediaType: "The content type must be {expected}."
    case .bodyTooLarge: "Too much content: at most {limitBytes} bytes. Send it in parts."
    case .headerTooLarge: "The request's header is too large. Clear the browser's cache."
    case .requestTimeout: "Sending took too long. Check the network and try again."
    case .badHost: "This name is not served here. Open the address from the settings."
    case .notFound: "Nothing found. Check the number and try again."
    case .methodNotAllowed: "This address does not do that. Reload the page and try again."
    case .tooManyRequests: "Too many requests. Wait {retryAfterSeconds} s and try again."
    case .notLoggedIn: "Not logged in, or the log-in has expired. Log in again."
    case .wrongRole: "Your role may not do this. Ask a manager."
    case .loginFailed: "The user name or the password is wrong. Try once more."
    case .tooManyAttempts: "Too many wrong tries. Wait {retryAfterSeconds} s and try again."
    case .approvalNeeded: "This needs a manager's approval. Ask a manager to enter the PIN."
    case .approvalNotValid:
      "The approval is used up, out of date or for something else. Ask the manager again."
    case .lastManager:
      "This is the station's last manager who can log in. Add another one first."
    case .userNameTaken: "Somebody has this user name already. Choose another."
    case .unknownProduct: "The catalogue has no such product. Search again."
    case .quantityMissing: "There is no quantity yet. Enter pieces or a weight."
    case .quantityOnLabel: "The label has a weight or price already. Leave the quantity out."
    case .wrongQuantity:
      "Counted goods are sold by the piece, weighed goods by the gram. Correct the quantity."
    case .emptyLabel: "The weight or price on the label is zero. Weigh the goods again."
    case .emptyBasket: "There are no goods yet. Scan something first."
    case .unknownCampaign: "There is no campaign {campaign}. Choose another."
    case .unknownBarcode: "No product has this barcode. Enter it as an open item."
    case .badBarcode: "The barcode is wrong, perhaps half-read. Scan it again."
    case .basketGone: "This basket was paid or deleted already. Look at the latest sales."
    case .priceChanged: "The amount is now {dueFen}, no longer {seenFen}. Check and take it anew."
    case .underpaid: "Not enough was paid: {remainingFen} is missing."
    case .overpaidWithoutCash: "More than the amount due without cash: correct the payment."
    case .idReused: "This id belongs to another transaction. Reload the page and start anew."
    case .nothingAsked: "Nothing to return is chosen yet. Choose the goods first."
    case .unknownLine: "The receipt has no such line. Check the receipt."
    case .moreThanLeft: "{asked} asked for, but only {left} can come back. Correct the quantity."
    case .noGiftLeft: "This receipt has no gift that can be given back. Check the receipt."
    case .refundChanged:
      "The refund has changed from {seenFen} to {refundFen}. Check it and try again."
    case .nothingLeftToReturn: "All of this was returned already. Check the original receipt."
    case .noOpenSession: "This till is not open. Count the float and open it."
    case .tillSessionOpen: "This till is open already. Close it first, or go on with it."
    case .tillSessionClosed: "This till session is closed. Open a new one."
    case .codeTaken:
      "Another product has this barcode or item code. Check it and try again."
    case .badVoucherCode: "The voucher's code is mistyped. Scan it again, or check each character."
    case .unknownVoucher: "There is no such voucher. Check the code."
    case .voucherRefused: "This voucher cannot be used now. Take it off, then go on."
    case .vouchersChanged:
      "What the vouchers pay has changed: now {voucherFen}, {forfeitFen} forfeited. Check it and go on."
    case .voucherState: "The voucher is {state}: this cannot be done."
    case .nothingLeft: "Nothing is left on the voucher: there is nothing to replace."
    case .programmeEnded: "Nothing is issued under this programme any more."
    case .validityPast: "The last day is past already. Check the dates."
    case .personNotEligible: "Person {index} of the list (from 0) cannot get it: {reason}."
    case .alreadyHandedOut: "This person had goods of this programme before."
    case .unknownCoupon: "There is no such coupon. Check the code."
    case .couponCodeTaken: "Another coupon in use has this code. Choose another."
    case .couponEnded: "This coupon was ended before."
    case .noSuchMember: "There is no such member. Check and try again."
    case .enrolmentOverlaps:
      "The number is another enrolment's on some of these days. Check number and dates."
    case .ownWitness: "The witness must be another person. Let a colleague enter the PIN."
    case .rulingDoesNotFit:
      "This cannot be said of the record as it is now ({verdict}). Look at it again."
    case .unknownMealCard:
      "No such meal card. Check centre and number, or take the last four and the whole name."
    case .notToBeUndone:
      "Not of today and this session, undone before, or spent on closed days. Call a manager."
    case .moreThanOwed: "Only {owedFen} is owed. Take less, and top up with the rest."
    case .partnerNameTaken:
      "There is a supplier or donor of this name already. Choose that one."
    case .clockBehind:
      "The clock is behind the last record. Set it right, or ask a manager to approve."
    case .clockAhead:
      "The clock is days ahead of the last record. Set it right, or ask a manager to approve."
    case .correctionNotOpposite:
      "A correction is the same amount the other way. Correct it and try again."
    case .alreadyCorrected: "This was corrected already. Check the records."
    case .countStale: "Something changed after the count, or there is a newer one. Count again."
    case .reasonNeeded:
      "The difference {differenceFen} is over {toleranceFen}. Give a reason and ask a manager."
    case .notDecidable: "This cannot be done with the slip now. Look at its newest state."
    case .dayPast: "A later day, {lastClosed}, is closed already. Check the date."
    case .dayNotBegun: "This day has not begun. Check the date."
    case .earlierDayOpen: "{businessDate} is not closed yet. Close that day first."
    case .tillsNotClosed: "A till of this day is not counted and closed. Close it first."
    case .monthNotOver: "This month is not over. Close it when it is."
    case .unknownTender: "The sale has no tender {tender}, or it kept nothing. Choose again."
    case .sameTender: "The tender is of this kind already. Check it and try again."
    case .terminalKnown:
      "A terminal of this serial number is enrolled. To move it, end that enrolment first."
    case .terminalRetired: "This terminal is no longer in use. Choose one that is."
    case .commandNotPossible:
      "This kind of terminal cannot do that. Bring its rows as a file instead."
    case .badStatement:
      "The statement cannot be read ({problem}, line {line}). Download it again; do not edit it."
    case .hasReturns:
      "Goods of this sale have come back: its tenders stay as they are. Ask the bookkeeper."
    case .badIdentityNumber:
      "This is no identity number ({problem}). Check it and type it again."
    case .personKnown:
      "This identity number is in the registry already. Use that entry."
    case .unknownCategory:
      "There is no category {category}. Choose one of the list."
    case .badPhone:
      "This is no phone number. Check it and type it again."
    case .phoneKnown:
      "This phone is a member's already. Use that membership."
    case .busy: "The system is busy. Wait a few seconds and try again."
    case .diskFull: "The disk is full; nothing was recorded. Take no money and call a manager."
    case .storageFailed: "Saving failed; nothing was recorded. Try again, or call a manager."
    case .shuttingDown: "The system is shutting down; nothing was done. Try again later."
    case .internalError: "The program failed. Try again; if it goes on, call a manager."
    }
  }
}
