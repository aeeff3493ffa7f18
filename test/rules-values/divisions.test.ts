import { describe, expect, it } from 'vitest'
import { divisionsFile } from '../../src/rules/values/schema.ts'
import { createDivisions } from '../../src/rules/values/divisions.ts'
import { ruleBook, ruleFiles, valueBook } from './support.ts'

const divisions = valueBook.divisions()
const corrections = divisionsFile.parse(
  ruleFiles.find(({ path }) => path === 'values/divisions.yaml')?.content,
)

describe('divisions', () => {
  it('has the provinces of the rules, with the marks and codes the rules state', () => {
    expect(divisions.provinces).toHaveLength(34)
    for (const [id, province] of ruleBook.provinces) {
      const region = valueBook.regions.find((one) => one.id === id)
      expect(region, id).toMatchObject({ mark: province.icpPrefix, name: province.name })
      expect(divisions.byCode(`${region?.code}0000`)?.name).toBe(province.name['zh-CN'])
    }
  })

  it('gives every mainland province cities, and every district a city in its province', () => {
    for (const id of ruleBook.provinces.keys())
      for (const city of divisions.cities(id)) {
        expect(divisions.provinceOf(city.code)).toBe(id)
        for (const district of divisions.districts(city.code)) {
          expect(divisions.inside(district.code, city.code)).toBe(true)
          expect(district.level).toBe('district')
        }
      }
    expect(divisions.cities('CN-BJ').map(({ name }) => name)).toEqual(['北京市'])
    expect(divisions.districts('110100').map(({ name }) => name)).toContain('海淀区')
    expect(divisions.districts('330100').map(({ name }) => name)).toEqual(
      expect.arrayContaining(['西湖区', '临平区']),
    )
    expect(divisions.districts('441900')).toEqual([])
    expect(divisions.cities('CN-XX')).toEqual([])
  })

  it('names no stand-in and no division that is gone', () => {
    const names = valueBook.regions.flatMap(({ id }) =>
      divisions
        .cities(id)
        .flatMap((city) => [city, ...divisions.districts(city.code)].map(({ name }) => name)),
    )
    expect(names.length).toBeGreaterThan(3_000)
    expect(names.filter((name) => corrections.unnamed.includes(name) || name.includes('-'))).toEqual([])
    expect(names).not.toContain('江干区')
  })

  it('knows what follows every division that is gone', () => {
    for (const [old, now] of Object.entries(corrections.gone)) {
      expect(
        divisions.byCode(old),
        `${old} is in no data any more: take it out of divisions.yaml`,
      ).toBeDefined()
      expect(divisions.successor(old)?.code).toBe(now)
      expect(corrections.gone[now]).toBeUndefined()
    }
  })

  it('adds nothing the package has by now', () => {
    const bare = createDivisions(valueBook.regions, { ...corrections, added: [], gone: {} })
    for (const { code, name } of corrections.added)
      expect(bare.byCode(code), `${name}: take it out of divisions.yaml`).toBeUndefined()
  })

  it('finds by full, short and shortened names', () => {
    const codes = (name: string, level: 'province' | 'city' | 'district', within?: string) =>
      divisions.named(name, level, within).map(({ code }) => code)
    expect(codes('浙江', 'province')).toEqual(['330000'])
    expect(codes('内蒙古', 'province')).toEqual(['150000'])
    expect(codes('恩施', 'city')).toEqual(['422800'])
    expect(codes('西湖', 'district', '330100')).toEqual(['330106'])
    expect(codes('西湖区', 'district')).toHaveLength(2)
    expect(codes('', 'district')).toEqual([])
  })

  it('is read once', () => {
    expect(valueBook.divisions()).toBe(divisions)
  })
})
