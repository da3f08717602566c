#include "bench/bare_window.h"

#include "base/stop_signal.h"

#include <QApplication>
#include <QTextEdit>

namespace longcode::bench {

int showBareWindow(int &argc, char **argv) {
    QApplication application(argc, argv);
    quitOnStopSignal(application);
    QTextEdit edit;
    edit.resize(1100, 760);
    edit.show();
    return QApplication::exec();
}

} // namespace longcode::bench
