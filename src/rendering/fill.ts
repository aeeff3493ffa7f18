import { AppError } from '../errors.ts'
import type { Text } from '../language.ts'

/** Fills {names}; what is filled in is never read again. A name without a value stays as it is. */
export function fill(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) =>
    Object.hasOwn(values, name) ? String(values[name]) : whole,
  )
}

/** @throws AppError dialogs-invalid for a phrase whose two languages use different {names} */
export function checkNames(file: string, phrases: Readonly<Record<string, Text>>): void {
  for (const [id, text] of Object.entries(phrases)) {
    if (namesIn(text['zh-CN']) === namesIn(text.en)) continue
    throw new AppError('dialogs-invalid', {
      subject: id,
      detail: `${file}: the two languages of "${id}" use different {placeholders}`,
      remedy: 'Use the same {names} in both languages.',
    })
  }
}

function namesIn(text: string): string {
  return [...text.matchAll(/\{(\w+)\}/g)]
    .map(([name]) => name)
    .sort()
    .join(' ')
}
