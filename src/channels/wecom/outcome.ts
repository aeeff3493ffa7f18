import { Refused, TryLater } from '../messaging/delivery-error.ts'

/** Whether WeCom took the message is not known: it may have, before the connection broke. */
export class Unsure extends TryLater {}

const MINUTE_MS = 60_000
/** Mended by the operator: what waits is sent then. Wrong secret, id, address of this server, missing right. */
const PERMISSION = new Set([40001, 40013, 40056, 41001, 48002, 48004, 60011, 60020, 301002])
const BUSY = new Set([45009, 45033, 45047, 846607])
const BROKEN = new Set([-1, 6000, 50001])
/** The access token is no good any more. */
const EXPIRED = new Set([40014, 42001])
/** A card with this task id is there already; ours are made from the message's key, so it is this very card. */
const CARD_EXISTS = 42014

/** @throws Refused, TryLater where WeCom did not take a message */
export function checkOutcome(method: string, code: number): void {
  if (code === 0 || code === CARD_EXISTS) return
  const detail = `${method}: errcode ${code}`
  if (BUSY.has(code)) throw new TryLater('wecom', detail, MINUTE_MS)
  if (PERMISSION.has(code)) throw new TryLater('wecom', detail, MINUTE_MS)
  if (EXPIRED.has(code) || BROKEN.has(code)) throw new TryLater('wecom', detail, 1_000)
  throw new Refused('wecom', detail, 'docs/channels/wecom.md says what the codes ask for.')
}

export function isExpired(code: number): boolean {
  return EXPIRED.has(code)
}

/** The same message, sent again, may be accepted. */
export function mayPass(code: number): boolean {
  return BUSY.has(code) || BROKEN.has(code)
}
