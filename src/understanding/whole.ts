/** A Latin word counts only as a whole word; Han characters have no such borders. */
export function isWhole(said: string, start: number, end: number): boolean {
  const word = /[\p{Script=Latin}\d]/u
  const joins = (left: string | undefined, right: string | undefined) =>
    left !== undefined && right !== undefined && word.test(left) && word.test(right)
  return !joins(said[start - 1], said[start]) && !joins(said[end - 1], said[end])
}
