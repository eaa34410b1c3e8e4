import type { Configuration, KoaContextWithOIDC } from 'oidc-provider';
import { escaped } from './escaped.ts';
import { page } from './pages.ts';

/** The device flow (RFC 8628) with which the command line signs in. The forms come from the provider, with its protection in them. */
export const deviceFlow = {
  enabled: true,
  charset: 'base-20',
  mask: '****-****',
  userCodeInputSource(context: KoaContextWithOIDC, form: string, _out, error) {
    const remark = error === undefined ? '' : '<p class="note">This is not a code that waits to be entered.</p>';
    show(context, 'Sign in on a device', `${remark}<p>Enter the code that your device shows.</p>${form}<button type="submit" form="op.deviceInputForm">Continue</button>`);
  },
  userCodeConfirmSource(context: KoaContextWithOIDC, form: string, client, _device, userCode: string) {
    show(
      context,
      'Is this the code?',
      `<p>${escaped(client.clientName ?? client.clientId)} shows the code <strong>${escaped(userCode)}</strong>. If it does not, close this page.</p>
${form}<p><button type="submit" form="op.deviceConfirmForm" autofocus>Yes, sign in</button>
<button type="submit" form="op.deviceConfirmForm" name="abort" value="yes">No</button></p>`,
    );
  },
  successSource(context: KoaContextWithOIDC) {
    show(context, 'Signed in', '<p>You can close this page and go on where you came from.</p>');
  },
} satisfies NonNullable<Configuration['features']>['deviceFlow'];

function show(context: KoaContextWithOIDC, title: string, body: string): void {
  context.type = 'html';
  context.body = page(title, body);
}
