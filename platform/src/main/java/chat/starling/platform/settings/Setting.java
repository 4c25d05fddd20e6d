package chat.starling.platform.settings;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Documents one component of a settings record. A component without a default must be set. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Setting {

  /** Stands for "no default". */
  String NONE = "\0";

  /** What the setting does, with its unit. */
  String value();

  /** The default, written as it would be in the file; lists are comma-separated. */
  String byDefault() default NONE;

  /** The least number or duration in milliseconds. */
  long min() default Long.MIN_VALUE;

  /** The largest number or duration in milliseconds. */
  long max() default Long.MAX_VALUE;

  /** A secret is shown as asterisks wherever settings are shown. */
  boolean secret() default false;
}
