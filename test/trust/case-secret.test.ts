import { describe, expect, it } from 'vitest'
import { directLineTalker, type WebTalker } from '../support/direct-line-talker.ts'
import { ownApp } from './own-app.ts'

let now = Date.parse('2026-11-24T02:00:00Z')

/** The whole conversation, as a page that is loaded anew reads it. */
async function history(talker: WebTalker): Promise<string> {
  const response = await talker.call('GET', `conversations/${talker.conversationId}/activities`)
  expect(response.status).toBe(200)
  return response.text()
}

describe('the secret of a case', () => {
  it(
    'is shown, opens the case elsewhere, and is not there to be read later',
    { timeout: 60_000 },
    async () => {
      const { app } = await ownApp(() => new Date(now))
      const first = await directLineTalker(app.address, 'en')
      await first.text('A website')
      first.texts()
      await first.text('my case code')
      const [, code = '', secret = ''] =
        /([\dA-Z]{4}-[\dA-Z]{4})\b(?!-)[\s\S]*?([\dA-Z]{4}(?:-[\dA-Z]{4}){2})/.exec(
          first.texts().join('\n'),
        ) ?? []
      expect(secret).toHaveLength(14)
      // Loaded anew by mistake, it is still there.
      expect(await history(first)).toContain(secret)
      const second = await directLineTalker(app.address, 'en')
      await second.text(`resume ${code} ${secret}`)
      expect(second.texts().join('\n')).toContain('Your case is open here now')
      expect(await history(second)).toContain(secret)

      now += 11 * 60_000
      for (const talker of [first, second]) {
        const later = await history(talker)
        expect(later).not.toContain(secret)
        expect(later).toContain('••••-••••-••••')
        expect(later).toContain(code)
      }
      const third = await directLineTalker(app.address, 'en')
      await third.text(`resume ${code.toLowerCase()} ${secret.replaceAll('-', ' ').toLowerCase()}`)
      expect(third.texts().join('\n')).toContain('Your case is open here now')
      now += 11 * 60_000
      expect((await history(third)).toUpperCase()).not.toContain(secret.replaceAll('-', ' '))
    },
  )

  it('leaves other words as they are', { timeout: 60_000 }, async () => {
    const { app } = await ownApp(() => new Date(now))
    const talker = await directLineTalker(app.address, 'en')
    const said = 'call me back soon, code ABCD-2345 and 0571-8765-0912'
    await talker.text(said)
    now += 11 * 60_000
    expect(await history(talker)).toContain(said)
  })
})
