import type { Request } from 'restify'
import { nearestLanguage, type Language } from '../../language.ts'

/** The reader's language by Accept-Language; Chinese, the language of the official system, where it tells none. */
export function requestLanguage(request: Request): Language {
  const header = request.headers['accept-language'] ?? ''
  for (const part of header.slice(0, 500).split(',')) {
    const language = nearestLanguage(part.split(';')[0]?.trim())
    if (language) return language
  }
  return 'zh-CN'
}
