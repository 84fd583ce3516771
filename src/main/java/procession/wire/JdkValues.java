package procession.wire;

import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Output;
import java.io.File;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.Currency;
import java.util.Date;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * How values of the JDK without other values in them are written. Kryo has some of these; its own lose a locale's script, and believe
 * every length they read.
 */
final class JdkValues {

    private JdkValues() {}

    /** For a class by its name; null for any other. */
    static Serializer<?> of(String name) {
        return switch (name) {
            case "java.math.BigInteger" -> Value.<BigInteger>of(JdkValues::write, JdkValues::bigInteger);
            case "java.math.BigDecimal" -> Value.<BigDecimal>of((out, v) -> {
                out.writeVarInt(v.scale(), false);
                write(out, v.unscaledValue());
            }, in -> {
                int scale = in.readVarInt(false);
                return new BigDecimal(bigInteger(in), scale);
            });
            case "java.util.UUID" -> Value.<UUID>of((out, v) -> {
                out.writeLong(v.getMostSignificantBits());
                out.writeLong(v.getLeastSignificantBits());
            }, in -> new UUID(in.readLong(), in.readLong()));
            case "java.util.OptionalInt" -> Value.<OptionalInt>of((out, v) -> {
                out.writeBoolean(v.isPresent());
                v.ifPresent(out::writeInt);
            }, in -> in.readBoolean() ? OptionalInt.of(in.readInt()) : OptionalInt.empty());
            case "java.util.OptionalLong" -> Value.<OptionalLong>of((out, v) -> {
                out.writeBoolean(v.isPresent());
                v.ifPresent(out::writeLong);
            }, in -> in.readBoolean() ? OptionalLong.of(in.readLong()) : OptionalLong.empty());
            case "java.util.OptionalDouble" -> Value.<OptionalDouble>of((out, v) -> {
                out.writeBoolean(v.isPresent());
                v.ifPresent(out::writeDouble);
            }, in -> in.readBoolean() ? OptionalDouble.of(in.readDouble()) : OptionalDouble.empty());
            case "java.util.BitSet" -> Value.<BitSet>mutable((out, v) -> {
                byte[] bits = v.toByteArray();
                out.writeVarInt(bits.length, true);
                out.writeBytes(bits);
            }, in -> BitSet.valueOf(in.readBytes(in.length(Byte.BYTES))));
            case "java.util.Date" -> Value.<Date>mutable((out, v) -> out.writeLong(v.getTime()), in -> new Date(in.readLong()));
            case "java.lang.StringBuilder" ->
                Value.<StringBuilder>mutable((out, v) -> out.writeString(v.toString()), in -> new StringBuilder(in.readString()));
            case "java.util.regex.Pattern" -> Value.<Pattern>of((out, v) -> {
                out.writeString(v.pattern());
                out.writeInt(v.flags());
            }, in -> Pattern.compile(in.readString(), in.readInt()));
            case "java.util.Locale" -> Value.<Locale>of(JdkValues::write, JdkValues::locale);
            case "java.util.Currency" -> Value.text(Currency::getCurrencyCode, Currency::getInstance);
            case "java.net.URI" -> Value.text(URI::toString, URI::create);
            case "java.io.File" -> Value.text(File::getPath, File::new);
            case "sun.nio.fs.UnixPath" -> Value.text(Path::toString, Path::of);
            default -> null;
        };
    }

    private static void write(Output out, BigInteger number) {
        byte[] bytes = number.toByteArray();
        out.writeVarInt(bytes.length, true);
        out.writeBytes(bytes);
    }

    private static BigInteger bigInteger(GuardedInput in) {
        return new BigInteger(in.readBytes(in.length(Byte.BYTES)));
    }

    /** Language, country and variant need not be well-formed, script and extensions are: only those need, and stand, the tag. */
    private static void write(Output out, Locale locale) {
        boolean plain = locale.getScript().isEmpty() && !locale.hasExtensions();
        out.writeBoolean(plain);
        if (plain) {
            out.writeString(locale.getLanguage());
            out.writeString(locale.getCountry());
            out.writeString(locale.getVariant());
        } else {
            out.writeString(locale.toLanguageTag());
        }
    }

    private static Locale locale(GuardedInput in) {
        return in.readBoolean() ? Locale.of(in.readString(), in.readString(), in.readString()) : Locale.forLanguageTag(in.readString());
    }
}
