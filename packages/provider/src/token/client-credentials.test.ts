import { clientCredentialsSuite } from '../../contract/client-credentials-suite.ts';
import { openTestProvider } from '../../contract/open-test-provider.ts';

clientCredentialsSuite(openTestProvider);
