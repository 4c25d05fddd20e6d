/**
 * Who a client is: tokens that an issuer signed, checked against the issuer's keys. Start with
 * {@link chat.starling.gateway.signin.SignIn}. No token ever leaves this package in a log or a
 * refusal.
 */
@NullMarked
package chat.starling.gateway.signin;

import org.jspecify.annotations.NullMarked;
