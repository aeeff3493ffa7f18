/**
 * An object whose members are worked out when they are first asked for. A turn of the interview needs two or
 * three of the twenty decisions; working out all of them each time would cost most of the turn.
 */
export function lazily<T extends object>(parts: { readonly [Name in keyof T]: () => T[Name] }): T {
  const object: Partial<T> = {}
  for (const name of Object.keys(parts) as (keyof T)[]) {
    Object.defineProperty(object, name, {
      enumerable: true,
      configurable: true,
      get: () => {
        const value = parts[name]()
        Object.defineProperty(object, name, { enumerable: true, value })
        return value
      },
    })
  }
  return object as T
}
