package procession.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.doctree.StartElementTree;
import com.sun.source.doctree.TextTree;
import com.sun.source.doctree.ThrowsTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ThrowTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.TreeScanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.lang.model.element.Modifier;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/**
 * What the Javadoc of the types that users import must say. A type says what it is in Python, in one paragraph that begins with
 * "In Python: ". Only messages do not, the {@code Command}s and {@code Reply}s of {@code ref()}: {@link procession.Primitive} says it for
 * all of them. What the doclint of the build looks at (comments, parameters, what is declared to be thrown) is not looked at again.
 */
class PublicDocsTest {

    private static final Path API = Path.of("src/main/java/procession");

    @Test
    void everyPublicTypeSaysOnceWhatItIsInPython() throws IOException {
        var silent = new ArrayList<String>();
        var types = new TreeSet<String>();
        new Scanner() {
            @Override
            void type(String name, ClassTree type, DocCommentTree comment) {
                types.add(name);
                if (paragraphsOnPython(comment) != (isMessage(type) ? 0 : 1)) {
                    silent.add(name);
                }
            }
        }.scan(API);

        assertThat(types).contains("Lock", "Lock.Acquire", "Outcome.Killed", "Scenario", "TimedOutException").hasSizeGreaterThan(100);
        assertThat(silent).isEmpty();
    }

    @Test
    void everyPublicMethodNamesTheExceptionsThatItThrowsItself() throws IOException {
        var unnamed = new ArrayList<String>();
        var methods = new ArrayList<String>();
        new Scanner() {
            @Override
            void method(String name, MethodTree method, DocCommentTree comment) {
                methods.add(name);
                var named = comment == null ? List.of() : comment.getBlockTags().stream().filter(ThrowsTree.class::isInstance)
                        .map(tag -> ((ThrowsTree) tag).getExceptionName().toString()).toList();
                thrownBy(method).stream().filter(thrown -> !named.contains(thrown)).forEach(thrown -> unnamed.add(name + ": " + thrown));
            }
        }.scan(API);

        assertThat(methods).contains("Outcome.value", "PoolOptions.of").hasSizeGreaterThan(400);
        assertThat(unnamed).isEmpty();
    }

    private static long paragraphsOnPython(DocCommentTree comment) {
        if (comment == null) {
            return 0;
        }
        var body = comment.getFullBody();
        long count = 0;
        for (int i = 0; i + 1 < body.size(); i++) {
            if (body.get(i) instanceof StartElementTree element && element.getName().contentEquals("p")
                    && body.get(i + 1) instanceof TextTree text && text.getBody().startsWith("In Python: ")) {
                count++;
            }
        }
        return count;
    }

    private static boolean isMessage(ClassTree type) {
        return List.of("Command", "Reply").contains(type.getSimpleName().toString())
                || type.getImplementsClause().stream().map(Tree::toString).anyMatch(List.of("Command", "Reply")::contains);
    }

    private static TreeSet<String> thrownBy(MethodTree method) {
        var thrown = new TreeSet<String>();
        new TreeScanner<Void, Void>() {
            @Override
            public Void visitThrow(ThrowTree tree, Void nothing) {
                if (tree.getExpression() instanceof NewClassTree made) {
                    thrown.add(made.getIdentifier().toString());
                }
                return super.visitThrow(tree, nothing);
            }

            @Override
            public Void visitLambdaExpression(LambdaExpressionTree later, Void nothing) {
                return null;
            }

            @Override
            public Void visitClass(ClassTree inner, Void nothing) {
                return null;
            }
        }.scan(method.getBody(), null);
        return thrown;
    }

    /** Goes through what is public of the sources of a folder. */
    private abstract static class Scanner extends TreePathScanner<Void, String> {

        private DocTrees docs;

        void type(String name, ClassTree type, DocCommentTree comment) {}

        void method(String name, MethodTree method, DocCommentTree comment) {}

        final void scan(Path folder) throws IOException {
            var compiler = ToolProvider.getSystemJavaCompiler();
            try (var files = compiler.getStandardFileManager(null, null, null); var sources = Files.list(folder)) {
                var units = files.getJavaFileObjectsFromPaths(sources.filter(file -> file.toString().endsWith(".java"))
                        .collect(Collectors.toList()));
                var task = (JavacTask) compiler.getTask(null, files, null, List.of("-proc:none"), null, units);
                docs = DocTrees.instance(task);
                for (CompilationUnitTree unit : task.parse()) {
                    scan(unit, "");
                }
            }
        }

        @Override
        public Void visitClass(ClassTree type, String around) {
            if (!isPublic(type.getModifiers().getFlags().contains(Modifier.PUBLIC))) {
                return null;
            }
            var name = around + type.getSimpleName();
            type(name, type, docs.getDocCommentTree(getCurrentPath()));
            return super.visitClass(type, name + ".");
        }

        @Override
        public Void visitMethod(MethodTree method, String around) {
            boolean isPrivate = method.getModifiers().getFlags().contains(Modifier.PRIVATE);
            if (!isPrivate && isPublic(method.getModifiers().getFlags().contains(Modifier.PUBLIC))) {
                method(around + method.getName(), method, docs.getDocCommentTree(getCurrentPath()));
            }
            return null;
        }

        /** Members of interfaces are public without a word. */
        private boolean isPublic(boolean says) {
            TreePath parent = getCurrentPath().getParentPath();
            return says || parent.getLeaf().getKind() == Tree.Kind.INTERFACE;
        }
    }
}
