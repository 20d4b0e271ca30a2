import { useState } from 'preact/hooks'
import type { Entry } from '../../core/upload.ts'
import { Place } from './entry-card.tsx'
import { Sign } from './icons.tsx'
import { useUi, useWords } from './ui.ts'

const LOOKING_MS = 20_000

/** Where the person is: asked for only when wanted, shown before it is sent, and removable. */
export function PlaceField() {
  const { draft } = useUi()
  const words = useWords()
  const [looking, setLooking] = useState(false)
  const [trouble, setTrouble] = useState<'placeRefused' | 'placeUnknown' | null>(null)
  const place = draft.place.value
  if (!('geolocation' in navigator)) return null
  const look = async () => {
    if (looking) return
    setLooking(true)
    const found = await currentPlace()
    setLooking(false)
    setTrouble(typeof found === 'string' ? found : null)
    if (typeof found !== 'string') draft.place.value = found
  }
  return (
    <div class="place-field">
      {place === null ? (
        <button key="toggle" type="button" class="button quiet small" data-action="place" onClick={look}>
          <Sign name="place" />
          <span>{words.text(looking ? 'placeLooking' : 'placeAdd')}</span>
        </button>
      ) : (
        <PlaceShown place={place} />
      )}
      <p class="field-error" role="alert">
        {trouble !== null && words.text(trouble)}
      </p>
    </div>
  )
}

function PlaceShown({ place }: { readonly place: NonNullable<Entry['place']> }) {
  const { draft } = useUi()
  const words = useWords()
  return (
    <span class="place-shown">
      <Place place={place} />
      <button
        type="button"
        class="icon-button"
        data-action="remove-place"
        aria-label={words.text('placeRemove')}
        onClick={() => {
          draft.place.value = null
        }}
      >
        <Sign name="cancel" />
      </button>
    </span>
  )
}

/** @returns the place, or why there is none */
async function currentPlace(): Promise<NonNullable<Entry['place']> | 'placeRefused' | 'placeUnknown'> {
  return await new Promise((resolve) => {
    navigator.geolocation.getCurrentPosition(
      ({ coords: { latitude, longitude } }) => resolve({ latitude, longitude }),
      (failure) =>
        resolve(
          failure.code === GeolocationPositionError.PERMISSION_DENIED ? 'placeRefused' : 'placeUnknown',
        ),
      { enableHighAccuracy: true, timeout: LOOKING_MS, maximumAge: 60_000 },
    )
  })
}
