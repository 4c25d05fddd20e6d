/** The same servers from their official images, for machines with Docker. Start reading at {@link chat.starling.devstack.docker.DockerServers}. */
@NullMarked
package chat.starling.devstack.docker;

import org.jspecify.annotations.NullMarked;
