package io.switchboard.autoconfigure.journal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;

import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

import io.switchboard.jdbc.ContentCodec;

// tag::encryption[]
class EncryptingCodec implements ContentCodec {

	private static final int IV_BYTES = 12;

	private static final int TAG_BITS = 128;

	private final SecretKey key;

	private final SecureRandom random;

	EncryptingCodec(SecretKey key) throws GeneralSecurityException {
		this.key = key;
		// Once it has begun it does not wait for the system
		this.random = SecureRandom.getInstance("DRBG");
		this.random.nextBytes(new byte[IV_BYTES]);
	}

	@Override
	public String encode(String content) {
		byte[] iv = new byte[IV_BYTES];
		this.random.nextBytes(iv);
		byte[] secret = apply(Cipher.ENCRYPT_MODE, iv, content.getBytes(StandardCharsets.UTF_8));
		byte[] stored = ByteBuffer.allocate(iv.length + secret.length).put(iv).put(secret).array();
		return Base64.getEncoder().encodeToString(stored);
	}

	@Override
	public String decode(String stored) {
		ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(stored));
		byte[] iv = new byte[IV_BYTES];
		bytes.get(iv);
		byte[] secret = new byte[bytes.remaining()];
		bytes.get(secret);
		return new String(apply(Cipher.DECRYPT_MODE, iv, secret), StandardCharsets.UTF_8);
	}

	private byte[] apply(int mode, byte[] iv, byte[] content) {
		try {
			Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
			cipher.init(mode, this.key, new GCMParameterSpec(TAG_BITS, iv));
			return cipher.doFinal(content);
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("The journal's key does not fit", ex);
		}
	}

}
// end::encryption[]
