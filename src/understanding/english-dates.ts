export const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']
const NUMBERS = 'zero one two three four five six seven eight nine ten eleven twelve'.split(' ')

/** "a", "half a", "three", "3" as numbers. */
export function englishNumber(word: string): number {
  if (word === 'a' || word === 'an') return 1
  if (word === 'half a') return 0.5
  if (word === 'a couple of') return 2
  const index = NUMBERS.indexOf(word)
  return index >= 0 ? index : Number(word)
}
