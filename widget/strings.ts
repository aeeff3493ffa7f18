import type { Language } from '../src/language.ts'
import en from './strings/en.ts'
import zh from './strings/zh-CN.ts'

/** Every word the widget itself says. `{name}` marks a place to fill. A page may override any of them. */
export type Strings = Readonly<Record<keyof typeof en, string>>

const OWN: Readonly<Record<Language, Strings>> = { 'zh-CN': zh, en }

/** What a page may hand over: some of the words, in one or both languages. */
export type StringOverrides = Readonly<Partial<Record<Language, Readonly<Partial<Strings>>>>>

export function stringsFor(language: Language, overrides: StringOverrides = {}): Strings {
  return { ...OWN[language], ...overrides[language] }
}

export function fill(template: string, values: Readonly<Record<string, string | number>>): string {
  return template.replace(/\{(\w+)\}/g, (mark, name: string) => String(values[name] ?? mark))
}

/** Reads overrides from JSON (an attribute); anything that is not a text of ours is left out. */
export function readOverrides(json: string | null | undefined): StringOverrides {
  if (!json) return {}
  try {
    const parsed: unknown = JSON.parse(json)
    return { 'zh-CN': ownTexts(parsed, 'zh-CN'), en: ownTexts(parsed, 'en') }
  } catch {
    return {}
  }
}

function ownTexts(parsed: unknown, language: Language): Partial<Strings> {
  const given = (parsed as Partial<Record<Language, unknown>> | null)?.[language]
  if (typeof given !== 'object' || given === null) return {}
  return Object.fromEntries(
    Object.entries(given).filter(([key, text]) => key in en && typeof text === 'string'),
  )
}
