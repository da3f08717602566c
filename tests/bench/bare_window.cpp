#include <QApplication>
#include <QTextEdit>

#include <csignal>
#include <cstdlib>

/// The window that every start is compared with: Qt and one text edit, and no library of ours.
int main(int argc, char **argv) {
    QApplication application(argc, argv);
    std::signal(SIGTERM, [](int) { std::_Exit(0); });
    QTextEdit edit;
    edit.resize(1100, 760);
    edit.show();
    return QApplication::exec();
}
