import { listed, type Problem } from './problem.ts'
import type { Subject } from './subject.ts'

/** ISO 3166-2 codes of the 31 regions that have a communications administration of their own. */
export const REGIONS =
  'AH BJ CQ FJ GD GS GX GZ HA HB HE HI HL HN JL JS JX LN NM NX QH SC SD SH SN SX TJ XJ XZ YN ZJ'
    .split(' ')
    .map((code) => `CN-${code}`)

/** How the ministry's text message came to the regions: days, and how many regions had it from that day on. */
const SMS_WAVES = [
  { day: '2017-12-18', regions: 7 },
  { day: '2018-09-10', regions: 14 },
  { day: '2018-09-24', regions: 22 },
  { day: '2020-08-17', regions: 31 },
] as const

/** All 31 regions are there, each with names of its own and the day its SMS verification began. */
export function regionProblems({ book, fileOf }: Subject): readonly Problem[] {
  const problems: Problem[] = REGIONS.filter((code) => !book.provinces.has(code)).map((code) => ({
    file: `rules/provinces/${code}.yaml`,
    place: 'whole file',
    problem: `the region ${code} is missing`,
    remedy: 'Restore the file: all 31 regions are asked for.',
  }))
  const names = new Map<string, string>()
  for (const province of book.provinces.values()) {
    const file = fileOf(province.province)
    const say = (place: string, problem: string, remedy: string) => problems.push({ file, place, problem, remedy })
    if (!REGIONS.includes(province.province)) say('province', `"${province.province}" is no region that reviews filings`, 'Use the ISO 3166-2 code, such as CN-ZJ.')
    if (!file.endsWith(`/${province.province}.yaml`)) say('province', `the file is not named after its region ${province.province}`, `Rename it to ${province.province}.yaml.`)
    for (const name of new Set([province.name['zh-CN'], province.name.en.toLowerCase(), ...province.aliases.map((alias) => alias.toLowerCase())])) {
      const other = names.get(name)
      if (other !== undefined) say('aliases', `"${name}" is also a name of ${other}`, 'Leave it to one of the two.')
      names.set(name, province.province)
    }
    const misplaced = province.facts.filter((fact) => !fact.id.startsWith(`${province.province}.`)).map(({ id }) => id)
    if (misplaced.length > 0) say(misplaced[0] ?? '', `the facts ${listed(misplaced)} do not begin with ${province.province}`, 'Move them to their region, or correct the id.')
    for (const id of province.sms.facts) {
      const from = book.facts.get(id)?.from
      if (from !== undefined && from !== province.sms.since) say('sms › since', `SMS verification begins on ${province.sms.since} here, but on ${from} in the fact "${id}"`, 'Make the two dates equal.')
    }
  }
  return problems.length > 0 && book.provinces.size !== REGIONS.length ? problems : [...problems, ...waveProblems([...book.provinces.values()], fileOf)]
}

function waveProblems(provinces: readonly { province: string; sms: { since: string } }[], fileOf: (id: string) => string): readonly Problem[] {
  const days = SMS_WAVES.map(({ day }): string => day)
  const strays = provinces.filter(({ sms }) => !days.includes(sms.since))
  if (strays.length > 0)
    return strays.map(({ province, sms }) => ({
      file: fileOf(province),
      place: 'sms › since',
      problem: `SMS verification begins on ${sms.since}, a day on which no region began`,
      remedy: `It began on ${listed(days, 9)}; put the right one.`,
    }))
  return SMS_WAVES.flatMap(({ day, regions }) => {
    const counted = provinces.filter(({ sms }) => sms.since <= day).length
    if (counted === regions) return []
    return [
      {
        file: 'rules/provinces',
        place: 'sms › since',
        problem: `${counted} regions have SMS verification by ${day}; there were ${regions}`,
        remedy: `Compare the days with rules/national/sms.yaml: by then it was ${listed(provinces.filter(({ sms }) => sms.since <= day).map(({ province }) => province), 31)}.`,
      },
    ]
  })
}
