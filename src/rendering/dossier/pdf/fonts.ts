import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { AppError } from '../../../errors.ts'

/** Files of one family with Chinese and Latin letters. */
export interface Fonts {
  readonly regular: string
  readonly bold: string
}

const PACKAGE = '@embedpdf/fonts-sc'

/** Noto Sans Hans from its package (SIL Open Font License 1.1). Throws AppError `config-invalid` where it is missing. */
export function packagedFonts(): Fonts {
  const folder = join(dirname(entryOf(PACKAGE)), '..', 'fonts')
  return { regular: join(folder, 'NotoSansHans-Regular.otf'), bold: join(folder, 'NotoSansHans-Bold.otf') }
}

function entryOf(name: string): string {
  try {
    return createRequire(import.meta.url).resolve(name)
  } catch (cause) {
    throw new AppError('config-invalid', {
      detail: `the font package ${name} is not installed`,
      remedy: 'Install it: npm ci',
      subject: name,
      cause,
    })
  }
}
