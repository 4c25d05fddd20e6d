/** Tokens for development: who may sign in is whoever asks. Start reading at {@link chat.starling.devstack.issuer.TokenIssuer}. */
@NullMarked
package chat.starling.devstack.issuer;

import org.jspecify.annotations.NullMarked;
