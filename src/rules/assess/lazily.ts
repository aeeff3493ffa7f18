/**
 * Makes objects whose members are worked out when they are first asked for. A turn of the interview needs two or
 * three of the twenty decisions; working out all of them each time would cost most of the turn. The members are
 * declared once and live on the prototype, so that making such an object costs next to nothing.
 */
export function lazily<Context, T extends object>(parts: {
  readonly [Name in keyof T]: (context: Context) => T[Name]
}): (context: Context) => T {
  class Made {
    readonly #context: Context
    readonly #made: Partial<T> = {}

    constructor(context: Context) {
      this.#context = context
    }

    static part<Name extends keyof T>(of: Made, name: Name): T[Name] {
      const known = of.#made[name]
      if (known !== undefined) return known
      return (of.#made[name] = parts[name](of.#context))
    }
  }
  for (const name of Object.keys(parts) as (keyof T)[])
    Object.defineProperty(Made.prototype, name, {
      enumerable: true,
      get(this: Made) {
        return Made.part(this, name)
      },
    })
  return (context) => new Made(context) as unknown as T
}
