/** What the session needs of its surroundings, so that tests drive it without a browser. */
export interface Clock {
  now(): number
  after(ms: number, work: () => void): number
  cancel(timer: number): void
}

export interface Socket {
  close(): void
}

export interface SocketEvents {
  open(): void
  frame(data: string): void
  close(): void
}

export type OpenSocket = (address: string, events: SocketEvents) => Socket

/** Pause before attempt `n` (from 0): doubles up to 15 s, with a spread so that many widgets do not come at once. */
export function backOff(attempt: number, random: () => number = Math.random): number {
  return Math.min(15_000, 800 * 2 ** attempt) * (0.75 + random() * 0.5)
}
