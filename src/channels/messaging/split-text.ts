import type { Limits } from './channel.ts'

/** Where a text is cut, best first: between paragraphs, lines, sentences, words. */
const SEAMS = [/\n\n/g, /\n/g, /(?<=[。！？；.!?;])\s*/g, /\s+/g]
const encoder = new TextEncoder()

/**
 * Cuts a text into parts of at most the platform's length, at the best seam in the last half of each; a character
 * is never cut in two. Nothing is left out but the blanks at a cut.
 */
export function splitText(
  text: string,
  { length, unit }: Pick<Limits, 'length' | 'unit'>,
): readonly string[] {
  const parts: string[] = []
  let rest = text.trim()
  while (measure(rest, unit) > length) {
    const fitting = longestStart(rest, length, unit)
    const at = seam(fitting)
    parts.push(rest.slice(0, at).trimEnd())
    rest = rest.slice(at).trimStart()
  }
  return rest === '' && parts.length > 0 ? parts : [...parts, rest]
}

export function measure(text: string, unit: Limits['unit']): number {
  return unit === 'bytes' ? encoder.encode(text).length : text.length
}

const graphemes = new Intl.Segmenter('zh-CN', { granularity: 'grapheme' })

function longestStart(text: string, length: number, unit: Limits['unit']): string {
  let taken = 0
  let end = 0
  // A window is enough: no unit counts less than one for a UTF-16 code unit's worth of text.
  for (const { segment } of graphemes.segment(text.slice(0, length + 64))) {
    const size = measure(segment, unit)
    if (taken + size > length) break
    taken += size
    end += segment.length
  }
  // A single cluster longer than a whole message (stacked marks) is cut anywhere rather than never.
  return text.slice(0, end === 0 ? Math.max(1, Math.floor(length / 4)) : end)
}

function seam(start: string): number {
  for (const pattern of SEAMS) {
    let best = 0
    for (const match of start.matchAll(pattern)) best = match.index + match[0].length
    if (best > start.length / 2) return best
  }
  return start.length
}
