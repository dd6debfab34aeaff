/** Reflected polynomials, as the checksums' definitions name them. */
const crc32Polynomial = 0xedb88320
const crc32cPolynomial = 0x82f63b78
const crc64NvmeHigh = 0x9a6c9329
const crc64NvmeLow = 0xac4bc9b5

/** A running cyclic redundancy check; `digest` gives its bytes, most significant first. */
interface Crc {
  update(chunk: Uint8Array): void
  digest(): Uint8Array
}

const crc32Tables = lazy(() => makeTables32(crc32Polynomial))
const crc32cTables = lazy(() => makeTables32(crc32cPolynomial))
const crc64NvmeTables = lazy(makeTables64)

/** CRC-32 as in ISO 3309, zip and PNG. */
export function createCrc32(): Crc {
  return createCrc(crc32Tables())
}

/** CRC-32C (Castagnoli). */
export function createCrc32c(): Crc {
  return createCrc(crc32cTables())
}

/** CRC-64/NVME, on two 32-bit halves. */
export function createCrc64Nvme(): Crc {
  const { high: tableHigh, low: tableLow } = crc64NvmeTables()
  let high = 0xffffffff | 0
  let low = 0xffffffff | 0
  return {
    update(chunk) {
      let index = 0
      for (const end = chunk.length - 7; index < end; index += 8) {
        const a = low ^ word(chunk, index)
        const b = high ^ word(chunk, index + 4)
        const i0 = 1792 + (a & 255)
        const i1 = 1536 + ((a >>> 8) & 255)
        const i2 = 1280 + ((a >>> 16) & 255)
        const i3 = 1024 + (a >>> 24)
        const i4 = 768 + (b & 255)
        const i5 = 512 + ((b >>> 8) & 255)
        const i6 = 256 + ((b >>> 16) & 255)
        const i7 = b >>> 24
        low = at(tableLow, i0) ^ at(tableLow, i1) ^ at(tableLow, i2) ^ at(tableLow, i3)
        low ^= at(tableLow, i4) ^ at(tableLow, i5) ^ at(tableLow, i6) ^ at(tableLow, i7)
        high = at(tableHigh, i0) ^ at(tableHigh, i1) ^ at(tableHigh, i2) ^ at(tableHigh, i3)
        high ^= at(tableHigh, i4) ^ at(tableHigh, i5) ^ at(tableHigh, i6) ^ at(tableHigh, i7)
      }
      for (; index < chunk.length; index++) {
        const entry = (low ^ at(chunk, index)) & 255
        low = ((low >>> 8) | (high << 24)) ^ at(tableLow, entry)
        high = (high >>> 8) ^ at(tableHigh, entry)
      }
    },
    digest() {
      const bytes = new DataView(new ArrayBuffer(8))
      bytes.setInt32(0, ~high)
      bytes.setInt32(4, ~low)
      return new Uint8Array(bytes.buffer)
    },
  }
}

/** Takes eight bytes a step ("slicing by eight"): table n says what a byte does n zero bytes later. */
function createCrc(table: Int32Array): Crc {
  let value = 0xffffffff | 0
  return {
    update(chunk) {
      let crc = value
      let index = 0
      for (const end = chunk.length - 7; index < end; index += 8) {
        const a = crc ^ word(chunk, index)
        const b = word(chunk, index + 4)
        crc =
          at(table, 1792 + (a & 255)) ^
          at(table, 1536 + ((a >>> 8) & 255)) ^
          at(table, 1280 + ((a >>> 16) & 255)) ^
          at(table, 1024 + (a >>> 24)) ^
          at(table, 768 + (b & 255)) ^
          at(table, 512 + ((b >>> 8) & 255)) ^
          at(table, 256 + ((b >>> 16) & 255)) ^
          at(table, b >>> 24)
      }
      for (; index < chunk.length; index++) {
        crc = (crc >>> 8) ^ at(table, (crc ^ at(chunk, index)) & 255)
      }
      value = crc
    },
    digest() {
      const bytes = new DataView(new ArrayBuffer(4))
      bytes.setInt32(0, ~value)
      return new Uint8Array(bytes.buffer)
    },
  }
}

function makeTables32(polynomial: number): Int32Array {
  const table = new Int32Array(8 * 256)
  for (let byte = 0; byte < 256; byte++) {
    let value = byte
    for (let bit = 0; bit < 8; bit++) value = (value >>> 1) ^ (value & 1 ? polynomial : 0)
    table[byte] = value
  }
  for (let index = 256; index < table.length; index++) {
    const earlier = at(table, index - 256)
    table[index] = (earlier >>> 8) ^ at(table, earlier & 255)
  }
  return table
}

function makeTables64(): { readonly high: Int32Array; readonly low: Int32Array } {
  const high = new Int32Array(8 * 256)
  const low = new Int32Array(8 * 256)
  for (let byte = 0; byte < 256; byte++) {
    let upper = 0
    let lower = byte
    for (let bit = 0; bit < 8; bit++) {
      const isOdd = lower & 1
      lower = ((lower >>> 1) | (upper << 31)) ^ (isOdd ? crc64NvmeLow : 0)
      upper = (upper >>> 1) ^ (isOdd ? crc64NvmeHigh : 0)
    }
    high[byte] = upper
    low[byte] = lower
  }
  for (let index = 256; index < low.length; index++) {
    const upper = at(high, index - 256)
    const lower = at(low, index - 256)
    const entry = lower & 255
    low[index] = ((lower >>> 8) | (upper << 24)) ^ at(low, entry)
    high[index] = (upper >>> 8) ^ at(high, entry)
  }
  return { high, low }
}

function word(bytes: Uint8Array, index: number): number {
  return (
    at(bytes, index) |
    (at(bytes, index + 1) << 8) |
    (at(bytes, index + 2) << 16) |
    (at(bytes, index + 3) << 24)
  )
}

/** Every index above is within its table or chunk; the compiler cannot know, and a check would cost time. */
function at(values: Int32Array | Uint8Array, index: number): number {
  return values[index] as number
}

function lazy<T>(make: () => T): () => T {
  let made: T | undefined
  return () => {
    made ??= make()
    return made
  }
}
