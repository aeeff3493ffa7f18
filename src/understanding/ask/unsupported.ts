/**
 * Numbers in an answer that none of the texts it rests on holds: there must be none. Digits are compared as whole
 * runs, so that "24" is not supported by "2024"; Chinese numerals only in front of a unit.
 */
export function unsupportedNumbers(answer: string, texts: readonly string[]): readonly string[] {
  const held = new Set(texts.flatMap((text) => numbersIn(text)))
  return numbersIn(answer).filter((number) => !held.has(number))
}

function numbersIn(text: string): readonly string[] {
  const digits = text.match(/\d+(?:[,.]\d+)*/g) ?? []
  const spelt = text.match(/[一二三四五六七八九十百千万]+(?=个?(?:工作日|天|日|月|年|小时|元|次|倍))/gu) ?? []
  return [...digits, ...spelt].map((number) => number.replaceAll(',', ''))
}
