import POS
import POSStore

extension Stored where Value == Sale {
  /// The sale as an answer: the same whenever it is asked for.
  func view(cashier: String) -> JSON {
    JSON.members([
      "id": .string(value.id.text), "kind": "sale", "number": .integer(number),
      "stationID": .string(value.context.stationID.text),
      "tillSessionID": .string(value.context.tillSessionID.text),
      "cashier": personView(value.context.userID, cashier),
      "businessDate": .string(value.businessDate.description),
      "atMs": .integer(value.context.atMs), "policyID": .string(value.policyID),
      "lines": .array(value.lines.enumerated().map { $1.view(index: $0) }),
      "gift": value.gift?.json ?? .null, "totals": value.totals.view,
      "tenders": .array(value.payment.tenders), "payment": value.payment.view,
      "map": .array(mapView), "journal": head.view,
    ]).adding(contentsOf: .object(value.reliefView))
  }

  private var mapView: [JSON] {
    value.map.cells.enumerated().map { row, cells in
      let line: JSON = row < value.lines.count ? .integer(Int64(row)) : "gift"
      let paid = cells.enumerated().filter { $0.element != .zero }.map { column, amount in
        cell(column, amount)
      }
      return .members(["line": line, "cells": .array(paid)])
    }
  }

  /// Columns are the vouchers, then the tenders.
  private func cell(_ column: Int, _ amount: Money) -> JSON {
    let vouchers = value.vouchers.count
    let (name, index) = column < vouchers ? ("voucher", column) : ("tender", column - vouchers)
    return JSON.members([:]).adding(name, .integer(Int64(index)))
      .adding("amountFen", .integer(amount.fen))
  }
}

extension Stored where Value == SaleReturn {
  /// The return as an answer.
  func view(cashier: String, original: Stored<Sale>) -> JSON {
    .members([
      "id": .string(value.id.text), "kind": "return", "number": .integer(number),
      "stationID": .string(value.context.stationID.text),
      "tillSessionID": .string(value.context.tillSessionID.text),
      "cashier": personView(value.context.userID, cashier),
      "businessDate": .string(value.businessDate.description),
      "atMs": .integer(value.context.atMs), "policyID": .string(value.policyID),
      "reason": .string(value.reason.rawValue),
      "originalSaleID": .string(original.value.id.text),
      "originalNumber": .integer(original.number), "journal": head.view,
    ]).adding(contentsOf: value.view(of: original.value))
  }
}

extension SaleReturn {
  /// What comes back, as quotes and answers show it.
  func view(of sale: Sale) -> JSON {
    .members([
      "lines": .array(lines.map { $0.view(of: sale.lines[$0.line]) }),
      "giftFen": .integer(gift?.amount.fen ?? 0), "refundFen": .integer(refund.fen),
      "refunds": .array(refunds(of: sale).filter { $0.amount != .zero }.map(\.json)),
      "roundingFen": .integer(rounding.fen),
      "pledgeMicroYuan": .integer(pledge.value), "pledge": .string(pledge.yuanText),
      "vouchers": vouchers.isEmpty ? nil : .array(vouchers.map(\.view)),
      "couponsBack": couponsBack.isEmpty
        ? nil : .array(couponsBack.map { .string($0.text) }),
    ])
  }
}

extension VoucherRefund {
  /// What comes back of a voucher, and where it goes.
  fileprivate var view: JSON {
    .members([
      "voucherID": .string(id.text), "programmeID": .string(programmeID.text),
      "amountFen": .integer(amount.fen), "to": .string(destination.rawValue),
      "forfeitBackFen": .integer(forfeitBack.fen),
    ])
  }
}

extension ReturnedLine {
  fileprivate func view(of line: LineItem) -> JSON {
    .object([
      JSON.Member("line", .integer(Int64(self.line))), quantity.member,
      JSON.Member("name", .string(line.goods.name)),
      JSON.Member("refundFen", .integer(refund.fen)),
      JSON.Member("concessionFen", .integer(concession.fen)),
      JSON.Member("pledgeMicroYuan", .integer(pledge.value)),
      JSON.Member("pledge", .string(pledge.yuanText)),
    ])
  }
}

extension JournalHead {
  /// Where a record stands, as answers show it.
  var view: JSON {
    .members([
      "epoch": .integer(epoch), "sequence": .integer(sequence), "hash": .string(hashText),
      "checkCode": .string(checkCode),
    ])
  }
}

extension SaleBalance {
  /// What can still come back of each line.
  var returnableView: JSON {
    .array(
      original.value.lines.indices.map { index in
        let left = book.left(ofLine: index)
        return .object([
          JSON.Member("line", .integer(Int64(index))), left.quantity.member,
          JSON.Member("refundFen", .integer(left.refund.fen)),
        ])
      })
  }
}

/// A colleague by id and name.
func personView(_ id: UserID, _ displayName: String) -> JSON {
  .members(["id": .string(id.text), "displayName": .string(displayName)])
}
