/** Rows of right and total, grouped, as lines of text. */
export function table<T>(
  title: string,
  items: readonly T[],
  groupOf: (item: T) => string,
  isRight: (item: T) => boolean,
): string {
  const groups = new Map<string, T[]>()
  for (const item of items) groups.set(groupOf(item), [...(groups.get(groupOf(item)) ?? []), item])
  const rows = [...groups]
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([name, members]) => row(name, members, isRight))
  return [title, ...rows, row('all', items, isRight)].join('\n')
}

function row<T>(name: string, items: readonly T[], isRight: (item: T) => boolean): string {
  const right = items.filter(isRight).length
  return `  ${name.padEnd(24)} ${String(right).padStart(4)} of ${String(items.length).padStart(4)}  ${share(right, items.length)}`
}

export function share(right: number, total: number): string {
  return total === 0 ? '-' : `${((100 * right) / total).toFixed(1)} %`
}

export function quantile(values: readonly number[], at: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * at))] ?? 0
}

/** One line when a target is missed, none otherwise. */
export function miss(what: string, reached: number, wanted: number): string[] {
  return reached < wanted ? [`${what}: ${share(reached, 1)}, wanted ${share(wanted, 1)}`] : []
}

export function ms(milliseconds: number): string {
  return `${milliseconds.toFixed(2)} ms`
}

export function print(text: string): void {
  console.log(text)
}
