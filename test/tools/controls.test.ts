import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { loadControls, withoutControl } from '../../tools/lib/controls.ts'
import { ROOT } from '../support/app.ts'

const controls = loadControls(ROOT)
const text = (path: string) => readFileSync(join(ROOT, path), 'utf8')

describe('the controls of docs/security.md', () => {
  it('are the same there and in tools/controls.yaml, each with its test', () => {
    const rows = [...text('docs/security.md').matchAll(/^\| `([a-z-]+)`.*$/gm)]
    expect(rows.map(([, id]) => id).sort()).toEqual(controls.map(({ id }) => id).sort())
    for (const { id, test } of controls)
      expect(rows.find(([, known]) => known === id)?.[0], id).toContain(test.replace(/^test\//, ''))
  })

  it.each(controls.map((control) => [control.id, control] as const))(
    '%s can be taken out, and has a test',
    (_id, control) => {
      const source = text(control.file)
      expect(withoutControl(source, control)).not.toBe(source)
      expect(existsSync(join(ROOT, control.test))).toBe(true)
      if (control.name !== undefined) expect(text(control.test)).toContain(control.name)
    },
  )
})
