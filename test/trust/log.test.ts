import { describe, expect, it } from 'vitest'
import { AppError } from '../../src/errors.ts'
import { createLog } from '../../src/trust/log.ts'
import { hide, inScope, scopeId } from '../../src/trust/scope.ts'

function logged(act: (log: ReturnType<typeof createLog>) => void): string {
  let text = ''
  act(createLog('info', { write: (line: string) => void (text += line) }))
  return text
}

describe('the log', () => {
  it('hides in messages, fields, errors and causes of errors', () => {
    const cause = new Error('cannot read 33010619900101001X')
    const error = new AppError('internal', {
      detail: 'no answer to 13800138000',
      remedy: 'Ask a@b.cn',
      cause,
    })
    const text = logged((log) => {
      log.error({ err: error, to: { mail: 'x@example.cn' }, authorization: 'abc' }, 'call 13900139000 failed')
      log.error(error)
      log.info('turn of %s', '13700137000')
      log.error({ errors: new AggregateError([new Error('tell 13600136000')]) })
    })
    expect(text).not.toMatch(/3301|138001|a@b|example|abc|13900|13700|13600/)
    expect(text).toContain('"code":"internal"')
    expect(text.trim().split('\n')).toHaveLength(4)
  })

  it('hides what is known of the case only while it is worked on, and gives its lines one id', async () => {
    let text = ''
    const log = createLog('info', { write: (line: string) => void (text += line) })
    await inScope(async () => {
      hide(() => ['张三丰'])
      log.info('greeting 张三丰')
      await Promise.resolve()
      inScope(() => log.info(`again 张 三 丰 in ${String(scopeId() !== undefined)}`))
    })
    log.info('nobody')
    const lines = text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { msg: string; turn?: string })
    expect(lines.map(({ msg }) => msg)).toEqual(['greeting [known]', 'again [known] in true', 'nobody'])
    expect(lines[0]?.turn).toMatch(/^[\w-]{12}$/)
    expect(lines[1]?.turn).toBe(lines[0]?.turn)
    expect(lines[2]?.turn).toBeUndefined()
  })

  it('cannot be broken out of by a line break', () => {
    const text = logged((log) => log.info({ text: 'a\r\n{"level":60}' }, 'b\r\n{"level":60}'))
    expect(text.trim().split('\n')).toHaveLength(1)
  })
})
