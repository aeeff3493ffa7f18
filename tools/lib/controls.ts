import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import { AppError } from '../../src/errors.ts'

const control = z.strictObject({
  id: z.string().regex(/^[a-z-]+$/),
  file: z.string().min(1),
  find: z.string().min(1),
  replace: z.string(),
  test: z.string().endsWith('.test.ts'),
  name: z.string().min(1).optional(),
})
/** A control, how to take it out of the source, and the test that notices. */
export type Control = Readonly<z.infer<typeof control>>

export function loadControls(root: string): readonly Control[] {
  return z.array(control).parse(parse(readFileSync(join(root, 'tools', 'controls.yaml'), 'utf8')))
}

/** @throws AppError where the place to change is not there, or there more than once */
export function withoutControl(source: string, { id, file, find, replace }: Control): string {
  const places = source.split(find).length - 1
  if (places === 1) return source.replace(find, () => replace)
  throw new AppError('config-invalid', {
    subject: id,
    detail: `tools/controls.yaml: the place of "${id}" stands ${places} times in ${file}.`,
    remedy: 'Name a place that stands there exactly once.',
  })
}
