import { columnsOf, isWide } from './width.ts'

/** Marks that may not begin a line, and those that may not end one. */
const CLOSING = /^[\s,.;:!?)\]}%，。、；：？！）》」』】〉”’…·]$/u
const OPENING = /^[([{（《「『【〈“‘]$/u
/** Inside a long word (an id, an address) a line may break after these. */
const JOINT = /[./_-]/

/**
 * Breaks a text into lines no wider than `width` by the given measure. Chinese breaks between any two characters
 * except around punctuation, other scripts between words; a word that fits no line is cut.
 */
export function wrap(
  text: string,
  width: number,
  measure: (text: string) => number = columnsOf,
): readonly string[] {
  return text.split('\n').flatMap((paragraph) => wrapParagraph(paragraph, width, measure))
}

function wrapParagraph(text: string, width: number, measure: (text: string) => number): readonly string[] {
  const lines: string[] = []
  let line = ''
  for (const unit of unitsOf(text)) {
    if (measure((line + unit).trimEnd()) <= width) {
      line += unit
      continue
    }
    if (line.trim() !== '') lines.push(line.trimEnd())
    const pieces = cut(unit.trimStart(), width, measure)
    lines.push(...pieces.slice(0, -1))
    line = pieces.at(-1) ?? ''
  }
  if (line.trim() !== '' || lines.length === 0) lines.push(line.trimEnd())
  return lines
}

/** Pieces that stay together: a word with the mark behind it, a Chinese character with the marks around it. */
function unitsOf(text: string): readonly string[] {
  const units: string[] = []
  let glue = false
  for (const character of text) {
    const last = units.at(-1)
    const lastCharacter = last === undefined ? '' : ([...last].at(-1) ?? '')
    const inWord =
      last !== undefined && !isWide(character) && !isWide(lastCharacter) && !/\s/.test(lastCharacter)
    if (last !== undefined && (glue || CLOSING.test(character) || inWord))
      units[units.length - 1] = last + character
    else units.push(character)
    glue = OPENING.test(character)
  }
  return units
}

/** Cuts a piece that is wider than a line, after a joint where there is one. */
function cut(unit: string, width: number, measure: (text: string) => number): readonly string[] {
  if (measure(unit.trimEnd()) <= width) return [unit]
  const characters = [...unit]
  let fit = 1
  while (fit < characters.length && measure(characters.slice(0, fit + 1).join('')) <= width) fit += 1
  for (let joint = fit; joint > fit / 3; joint -= 1)
    if (JOINT.test(characters[joint - 1] ?? '')) {
      fit = joint
      break
    }
  return [characters.slice(0, fit).join(''), ...cut(characters.slice(fit).join(''), width, measure)]
}
