/** The person at the keyboard can mend it: printed as it is, without a trace. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}
