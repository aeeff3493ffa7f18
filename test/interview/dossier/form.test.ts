import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse, stringify } from 'yaml'
import { z } from 'zod'
import { buildForm, fieldsOf, keysOf } from '../../../src/interview/dossier/form.ts'
import { proveForm } from '../../../src/interview/dossier/prove-form.ts'
import { dossierJsonSchema } from '../../../src/interview/dossier/schema.ts'
import { brain } from '../../support/brain.ts'

const root = new URL('../../..', import.meta.url).pathname
const text = readFileSync(`${root}rules/form.yaml`, 'utf8')
const formOf = (yaml: string) => buildForm([{ path: 'form.yaml', content: parse(yaml, { merge: true }) }])
const prove = (yaml: string) => proveForm(formOf(yaml), brain.book, brain.dialogs)

describe('the official form', () => {
  it('takes every typed answer, asks for none that is not asked, and rests on facts', () => {
    expect(prove(text)).toEqual([])
  })

  it.each([
    ['from: [entity.name]', 'from: [entity.nam]', 'no dialog asks for "entity.nam"'],
    ['facts: [doc.site_form]', 'facts: [doc.site_forms]', 'it cites the fact "doc.site_forms"'],
    ['when: { entity.kind: individual }', 'when: { entity.kin: individual }', 'asks about "entity.kin"'],
    ['id: site-name', 'id: site-domain', 'two fields have this id'],
    ['from: [site.remark]', 'from: [site.name]', 'no field of the form takes it'],
  ])('%s → %s is found', (right, wrong, problem) => {
    expect(text).toContain(right)
    const problems = prove(text.replace(right, wrong))
    expect(problems.map((one) => one.problem).join('\n')).toContain(problem)
    for (const one of problems) expect(one.remedy).not.toBe('')
  })

  it('refuses a label in one language only, naming the place', () => {
    const file = z.record(z.string(), z.unknown()).parse(parse(text))
    const broken = stringify(file).replace('zh-CN: 网站名称', 'zh-TW: 网站名称')
    expect(() => formOf(broken)).toThrow(/form\.yaml: .*site-name/)
  })

  it('has the fields of a person for leader and administrator alike', () => {
    const of = (who: string) =>
      fieldsOf(brain.dossier.form)
        .filter((field) => keysOf(field)[0]?.startsWith(who))
        .map(({ label }) => label['zh-CN'])
    expect(of('administrator.')).toEqual(
      expect.arrayContaining(['姓名', '证件号码', '联系方式1', '应急联系电话', '电子邮箱']),
    )
    expect(of('leader.')).toEqual(expect.arrayContaining([...of('administrator.')]))
  })

  it('is described by the published JSON Schema', () => {
    expect(readFileSync(`${root}rules/schema/dossier.json`, 'utf8')).toBe(dossierJsonSchema())
  })
})
