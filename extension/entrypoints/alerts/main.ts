import { mountAlerts } from '../../alerts/mount.tsx';
import { ALERTS_PORT, type FromAlertsPage, type ToAlertsPage } from '../../protocol/alerts.ts';
import { openLine } from '../panel/line.ts';

const root = document.querySelector('#app');
if (root) {
  const line = openLine<FromAlertsPage, ToAlertsPage>(
    ALERTS_PORT,
    (message) => message.kind === 'standing' && message.standing.kind === 'refused',
  );
  const zone = new Intl.DateTimeFormat().resolvedOptions().timeZone;
  mountAlerts({ ...line, now: Date.now, zone }, { document, root, browserLanguage: navigator.language });
}
