/** A frame of the long connection: the platform's own message in protocol buffers. */
export interface Frame {
  readonly sequence: bigint
  readonly log: bigint
  readonly service: bigint
  readonly method: bigint
  readonly headers: ReadonlyMap<string, string>
  readonly payload: Buffer
  /** The fields we have no use for, to be sent back as they came. */
  readonly rest?: readonly TextField[]
}

export const CONTROL = 0n
export const DATA = 1n

interface TextField {
  readonly number: number
  readonly bytes: Buffer
}

const FIELD = { sequence: 1, log: 2, service: 3, method: 4, header: 5, payload: 8 } as const
const HEADER = { key: 1, value: 2 } as const
const VARINT = 0
const BYTES = 2

export function encodeFrame(frame: Frame): Buffer {
  const { sequence, log, service, method, headers, payload, rest = [] } = frame
  return Buffer.concat([
    number(FIELD.sequence, sequence),
    number(FIELD.log, log),
    number(FIELD.service, service),
    number(FIELD.method, method),
    ...[...headers].map(([key, value]) =>
      bytes(
        FIELD.header,
        Buffer.concat([bytes(HEADER.key, Buffer.from(key)), bytes(HEADER.value, Buffer.from(value))]),
      ),
    ),
    ...rest.map((field) => bytes(field.number, field.bytes)),
    bytes(FIELD.payload, payload),
  ])
}

/** @returns undefined for bytes that are no frame */
export function decodeFrame(data: Buffer): Frame | undefined {
  const fields = readFields(data)
  if (!fields) return undefined
  const headers = new Map<string, string>()
  for (const field of fields) {
    if (field.number !== FIELD.header || !('bytes' in field)) continue
    const parts = readFields(field.bytes)
    if (!parts) return undefined
    headers.set(textOf(parts, HEADER.key), textOf(parts, HEADER.value))
  }
  const rest: TextField[] = []
  for (const field of fields)
    if ('bytes' in field && field.number !== FIELD.header && field.number !== FIELD.payload) rest.push(field)
  return {
    sequence: numberOf(fields, FIELD.sequence),
    log: numberOf(fields, FIELD.log),
    service: numberOf(fields, FIELD.service),
    method: numberOf(fields, FIELD.method),
    headers,
    payload: bytesOf(fields, FIELD.payload),
    rest,
  }
}

type Field = TextField | { readonly number: number; readonly value: bigint }

function readFields(data: Buffer): readonly Field[] | undefined {
  const fields: Field[] = []
  let at = 0
  while (at < data.length) {
    const tag = readVarint(data, at)
    if (!tag) return undefined
    const field = Number(tag.value >> 3n)
    const value = readVarint(data, tag.end)
    if (!value) return undefined
    switch (Number(tag.value & 7n)) {
      case VARINT:
        fields.push({ number: field, value: value.value })
        at = value.end
        break
      case BYTES: {
        const end = value.end + Number(value.value)
        if (end > data.length) return undefined
        fields.push({ number: field, bytes: data.subarray(value.end, end) })
        at = end
        break
      }
      default:
        return undefined
    }
  }
  return fields
}

function readVarint(
  data: Buffer,
  from: number,
): { readonly value: bigint; readonly end: number } | undefined {
  let value = 0n
  for (let at = from; at < data.length && at < from + 10; at += 1) {
    const byte = data[at] ?? 0
    value |= BigInt(byte & 0x7f) << BigInt(7 * (at - from))
    if (byte < 0x80) return { value, end: at + 1 }
  }
  return undefined
}

function numberOf(fields: readonly Field[], wanted: number): bigint {
  const found = fields.findLast((field) => field.number === wanted)
  return found && 'value' in found ? found.value : 0n
}

function bytesOf(fields: readonly Field[], wanted: number): Buffer {
  const found = fields.findLast((field) => field.number === wanted)
  return found && 'bytes' in found ? found.bytes : Buffer.alloc(0)
}

function textOf(fields: readonly Field[], wanted: number): string {
  return bytesOf(fields, wanted).toString('utf8')
}

function number(field: number, value: bigint): Buffer {
  return Buffer.concat([varint(BigInt(field) << 3n), varint(value)])
}

function bytes(field: number, value: Buffer): Buffer {
  return Buffer.concat([varint((BigInt(field) << 3n) | 2n), varint(BigInt(value.length)), value])
}

function varint(value: bigint): Buffer {
  const all: number[] = []
  let left = BigInt.asUintN(64, value)
  while (left > 0x7fn) {
    all.push(Number(left & 0x7fn) | 0x80)
    left >>= 7n
  }
  return Buffer.from([...all, Number(left)])
}
