import { createHash } from 'node:crypto';
import { escaped } from './escaped.ts';
import type { LocalPerson } from './people.ts';

/** No script runs and nothing is loaded, whatever a name holds. Forms may lead anywhere: the last redirect leads to the portal. */
export const contentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'";

/** The same for pages that the provider makes by itself: to the scripts that may run, none yet, it adds its own by their digests. */
export const ownScriptsAlone = `${contentSecurityPolicy}; script-src`;

/** The same for a page that has this script. */
export const onlyScript = (script: string): string => `${ownScriptsAlone} 'sha256-${createHash('sha256').update(script).digest('base64')}'`;

const style = `
body { font: 16px/1.5 system-ui, sans-serif; max-width: 44rem; margin: 2rem auto; padding: 0 1rem; color: #16191f; background: #fff }
.note { border-left: 4px solid #b7791f; padding: .25rem .75rem; background: #fdf6e3 }
form.filter { display: flex; gap: .5rem; margin: 1rem 0 } input { flex: 1; font: inherit; padding: .4rem }
ul { list-style: none; padding: 0 } li { margin: .25rem 0 }
button { font: inherit; padding: .4rem .75rem; cursor: pointer }
li button { width: 100%; text-align: left; background: #fff; border: 1px solid #8d99a8; border-radius: 4px }
li button:hover, li button:focus-visible { background: #eef4fb; outline: 2px solid #0972d3 }
small { color: #424650; display: block }`;

/** A page of the local provider; `body` is HTML, in which everything foreign is escaped. */
export function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escaped(title)}</title><style>${style}</style></head>
<body><main><h1>${escaped(title)}</h1>
${body}
</main></body></html>`;
}

/** At most this many people are shown at once; the filter finds the others. */
const mostShown = 100;

/** Who can sign in: one click each. `action` is where it is posted to, and where the filter asks again. */
export function peoplePage({ people, filter, action }: { readonly people: readonly LocalPerson[]; readonly filter: string; readonly action: string }): string {
  const matching = people.filter((person) => matches(person, filter));
  const shown = matching.slice(0, mostShown);
  const count = shown.length < matching.length ? `${shown.length} of ${matching.length} people: filter for the others` : shown.length === 1 ? '1 person' : `${shown.length} people`;
  return page(
    'Who are you?',
    `<p class="note">This is the local sign-in. It checks no password: whoever can open this page can be anybody.</p>
<form class="filter" method="get" action="${escaped(action)}" role="search">
<input type="search" name="find" value="${escaped(filter)}" placeholder="Name, user name or group" aria-label="Find people" autofocus>
<button type="submit">Find</button></form>
<p>${count}</p>
<form method="post" action="${escaped(action)}"><ul>
${shown.map(personItem).join('\n')}
</ul></form>`,
  );
}

/** Each name by itself (`bdi`): a sign in one that turns the direction of writing around must not turn the next. */
function personItem({ userId, userName, displayName, groups }: LocalPerson): string {
  const groupNames = groups.length === 0 ? 'in no group' : groups.join(', ');
  return `<li><button type="submit" name="user" value="${escaped(userId)}"><strong><bdi>${escaped(displayName)}</bdi></strong> <bdi>${escaped(userName)}</bdi><small>${escaped(groupNames)}</small></button></li>`;
}

function matches({ userName, displayName, groups }: LocalPerson, filter: string): boolean {
  const text = [userName, displayName, ...groups].join('\n').toLowerCase();
  return filter.toLowerCase().split(/\s+/).every((word) => text.includes(word));
}
