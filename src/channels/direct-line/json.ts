import type { Json } from '../../store/port.ts'

/** Copies a value into plain JSON: dates become text; undefined members and functions go. */
export function toJson(value: unknown): Json {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return value
  if (typeof value === 'number') return Number.isFinite(value) ? value : null
  if (value instanceof Date) return value.toISOString()
  if (Array.isArray(value)) return value.map(toJson)
  if (typeof value !== 'object') return null
  // fromEntries defines properties, so a key such as __proto__ stays an ordinary key.
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, item]) => item !== undefined && typeof item !== 'function')
      .map(([key, item]) => [key, toJson(item)]),
  )
}
