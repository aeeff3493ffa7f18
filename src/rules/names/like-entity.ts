const SHARED_HAN = 2
const SHARED_LATIN = 3

/**
 * Whether a website name shows the organisation: two Chinese characters in a row, or three letters, in common
 * once the name of the region is taken away, which half the province's organisations bear.
 */
export function likeEntity(name: string, entity: string, regions: readonly string[]): boolean {
  const own = without(entity, regions)
  const characters = [...without(name, regions)]
  return characters.some((_, at) => {
    const latin = /[a-z]/.test(characters[at] ?? '')
    const size = latin ? SHARED_LATIN : SHARED_HAN
    const piece = characters.slice(at, at + size)
    return piece.length === size && own.includes(piece.join(''))
  })
}

function without(text: string, regions: readonly string[]): string {
  return regions.toSorted((a, b) => b.length - a.length).reduce((rest, region) => rest.replaceAll(region, '|'), text)
}
