/// Error correction codewords over GF(2⁸) with the polynomial x⁸+x⁴+x³+x²+1 (ISO/IEC 18004, 7.5).
enum ReedSolomon {
  /// The remainder of the data divided by the generator polynomial of this degree.
  static func correction(of data: some Sequence<UInt8>, count: Int) -> [UInt8] {
    let generator = generator(degree: count)
    var remainder = [UInt8](repeating: 0, count: count)
    for byte in data {
      let factor = byte ^ remainder.removeFirst()
      remainder.append(0)
      for index in remainder.indices {
        remainder[index] ^= product(generator[index], factor)
      }
    }
    return remainder
  }

  /// (x − 2⁰)(x − 2¹)…, highest power first, without the leading 1.
  private static func generator(degree: Int) -> [UInt8] {
    var factors = [UInt8](repeating: 0, count: degree)
    factors[degree - 1] = 1
    var root: UInt8 = 1
    for _ in 0..<degree {
      for index in factors.indices {
        factors[index] = product(factors[index], root)
        if index + 1 < degree { factors[index] ^= factors[index + 1] }
      }
      root = product(root, 2)
    }
    return factors
  }

  /// The product in the field.
  private static func product(_ a: UInt8, _ b: UInt8) -> UInt8 {
    var product: UInt8 = 0
    for bit in (0..<8).reversed() {
      product = (product << 1) ^ (product & 0x80 == 0 ? 0 : 0x1D)
      if b >> bit & 1 == 1 { product ^= a }
    }
    return product
  }
}
