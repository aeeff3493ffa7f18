import { beforeAll, describe, expect, it } from 'vitest'
import type { Dossier } from '../../../src/interview/dossier/schema.ts'
import type { Language } from '../../../src/language.ts'
import { dossierDocument } from '../../../src/rendering/dossier/document.ts'
import { dossierPdf } from '../../../src/rendering/dossier/pdf/dossier-pdf.ts'
import type { Answers } from '../../../src/rules/answers.ts'
import { dossierOf, NOW, resolvedFrom } from '../../interview/dossier/support.ts'
import { COMPANY, FOREIGN, PERSON } from '../../support/applicants.ts'
import { brain } from '../../support/brain.ts'
import { pdfText } from '../../support/pdf-text.ts'

const { words } = brain.dossier
const pdfOf = (made: Dossier) => dossierPdf(dossierDocument(words, made), words, NOW)
const madeFrom = (facts: Answers, language: Language) => dossierOf(resolvedFrom(facts), language)
/** All pages as one text, without blanks: where a line breaks depends on the width. */
const textOf = (file: Buffer) => pdfText(file).join('').replaceAll(/\s/g, '')
const bare = (text: string) => text.replaceAll(/\s/g, '')

describe.each([
  ['COMPANY', COMPANY],
  ['PERSON', PERSON],
  ['FOREIGN', FOREIGN],
] as const)('%s', (_name, facts) => {
  describe.each(['zh-CN', 'en'] as const)('in %s', (language) => {
    const made = madeFrom(facts, language)
    let file: Buffer
    let text: string
    beforeAll(async () => {
      file = await pdfOf(made)
      text = textOf(file)
    })

    it('says every label and value of the Chinese form in embedded characters', () => {
      expect(text).not.toContain('\uFFFD')
      for (const { label, value } of made.formSheet.flatMap(({ fields }) => fields)) {
        expect(text).toContain(bare(label['zh-CN']))
        expect(text).toContain(bare(value ?? '').replaceAll('𠮷', '□'))
      }
    })

    it('says every paper, requirement and duty in the language of the conversation', () => {
      const told = [...made.checklist, ...(made.province?.requirements ?? []), ...made.obligations]
      expect(told.length).toBeGreaterThan(5)
      for (const one of told) expect(text).toContain(bare(one.text[language]).replaceAll('**', ''))
    })

    it('bears title, language, the day of the rules and page numbers, and what it is not', () => {
      const raw = file.toString('latin1')
      expect(raw).toContain(`/Lang (${language})`)
      expect(raw).toContain('/DisplayDocTitle true')
      expect(raw).toContain('D:20261124080000Z')
      expect(text).toContain(bare(words.phrases.disclaimer[language]))
      expect(text).toContain('2026-11-24')
      const pages = pdfText(file)
      pages
        .slice(1)
        .forEach((page, at) =>
          expect(bare(page)).toContain(
            bare(
              words.phrases.page[language]
                .replace('{page}', `${at + 2}`)
                .replace('{pages}', `${pages.length}`),
            ),
          ),
        )
    })

    it('is the same file for the same case at the same moment', async () => {
      expect((await pdfOf(made)).equals(file)).toBe(true)
    })
  })
})

describe('what people type', () => {
  const typed = (remark: string) => pdfOf(madeFrom({ ...COMPANY, 'site.remark': remark }, 'en'))

  it('shows rare, traditional and accented letters the font has', async () => {
    const text = textOf(await typed('㐂体體臺灣 Łódź? éñüß Привет ①—…'))
    for (const one of ['㐂体體臺灣', 'éñüß', 'Привет', '①—…']) expect(text).toContain(one)
  })

  it('puts a box for a character it lacks and names each by its code', async () => {
    const text = textOf(await typed('名称𠮷和😀，家庭👨‍👩‍👧，العربية'))
    expect(text).toContain('名称□和□，家庭□')
    for (const code of ['U+20BB7', 'U+1F600', 'U+1F468U+200DU+1F469']) expect(text).toContain(code)
    expect(text).not.toContain('😀')
  })

  it('says nothing of missing characters where none is missing', async () => {
    const made = madeFrom({ ...COMPANY, 'administrator.name': '李四' }, 'en')
    expect(textOf(await pdfOf(made))).not.toContain('U+')
  })

  it('takes out what turns or hides text, and reads no markup', async () => {
    const text = textOf(
      await typed('正常\u202E反转\u202C\u200B零宽\u0007\u0000响铃 **粗** [x](https://evil.example) =1+1'),
    )
    expect(text).toContain('正常反转零宽响铃**粗**[x](https://evil.example)=1+1')
  })

  it('holds a text longer than a page, whole', async () => {
    const long = Array.from({ length: 3000 }, (_, at) => String.fromCodePoint(0x4e00 + at)).join('')
    const text = textOf(await typed(long))
    for (let at = 0; at < long.length; at += 50) expect(text).toContain(long.slice(at, at + 5))
  })

  it('makes the file of somebody who answered next to nothing', async () => {
    const pages = pdfText(await pdfOf(madeFrom({ 'service.kind': 'website' }, 'zh-CN')))
    expect(pages.length).toBeGreaterThan(1)
    expect(bare(pages.join(''))).toContain(words.phrases['state-open']['zh-CN'])
  })
})
