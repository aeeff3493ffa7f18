import { z } from 'zod'
import type { Json } from './port.ts'

/** A record of our own as JSON: only `readonly` and optional members keep the compiler from seeing that it is. */
export function asJson(value: object): Json {
  return z.json().parse(JSON.parse(JSON.stringify(value)))
}
